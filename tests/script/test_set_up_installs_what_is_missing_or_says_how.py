from __future__ import annotations

from tests.script.conftest import Clone


def test_without_rights_the_one_line_to_run_is_printed(bare: Clone) -> None:
    done = bare.set_up()
    assert done.returncode == 1
    lines = [line.strip() for line in done.stderr.splitlines() if "apt-get" in line]
    assert len(lines) == 1
    assert lines[0].startswith("sudo apt-get update && sudo apt-get install -y --no-install-recommends python3 ")
    for package in ("libreoffice-writer", "python3-uno", "bubblewrap", "fonts-noto-cjk", "fonts-crosextra-carlito"):
        assert package in lines[0].split()
    assert not (bare.root / ".venv").exists()


def test_sudo_that_asks_for_a_password_is_not_used(bare: Clone) -> None:
    bare.has("apt-get", "exit 0")
    bare.has("sudo", "exit 1")
    assert bare.set_up().returncode == 1
    assert not [call for call in bare.called() if call.startswith("apt-get")]


def test_what_only_makes_it_better_does_not_stop_it(complete: Clone) -> None:
    complete.has("dpkg-query", 'case "$*" in *carlito*) exit 1 ;; *) echo "ii " ;; esac')
    done = complete.set_up()
    assert done.returncode == 0
    assert "install -y --no-install-recommends fonts-crosextra-carlito\n" in done.stderr
    assert "libreoffice" not in done.stderr


def test_as_root_missing_packages_are_installed(complete: Clone) -> None:
    complete.has("id", "echo 0")
    complete.has("dpkg-query", 'case "$*" in *libreoffice-calc*) exit 1 ;; *) echo "ii " ;; esac')
    complete.has("apt-get", "exit 0")
    done = complete.set_up()
    assert done.returncode == 0, done.stderr
    update, install = [call for call in complete.called() if call.startswith("apt-get")]
    assert update.endswith(" update")
    assert install.endswith(" install --no-install-recommends libreoffice-calc")


def test_with_sudo_that_asks_nothing_they_are_too(complete: Clone) -> None:
    complete.has("dpkg-query", 'case "$*" in *libreoffice-calc*) exit 1 ;; *) echo "ii " ;; esac')
    complete.has("apt-get", "exit 0")
    complete.has("sudo", '[ "$1" = -n ] && shift; exec "$@"')
    done = complete.set_up()
    assert done.returncode == 0, done.stderr
    assert any(call.startswith("apt-get") and call.endswith(" libreoffice-calc") for call in complete.called())


def test_a_failed_installation_shows_what_apt_said(complete: Clone) -> None:
    complete.has("id", "echo 0")
    complete.has("dpkg-query", 'case "$*" in *libreoffice-calc*) exit 1 ;; *) echo "ii " ;; esac')
    complete.has("apt-get", "echo 'E: Unable to locate package' >&2; exit 100")
    done = complete.set_up()
    assert done.returncode == 1
    assert "E: Unable to locate package" in done.stderr
    assert "apt-get install -y --no-install-recommends libreoffice-calc" in done.stderr


def test_with_everything_there_nothing_is_done_or_said(complete: Clone) -> None:
    complete.has("apt-get", "exit 1")
    complete.has("sudo", "exit 1")
    done = complete.set_up()
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not [call for call in complete.called() if call.startswith(("apt-get", "sudo"))]


def test_what_the_tests_need_includes_what_serving_needs(complete: Clone) -> None:
    complete.has_environment("requirements-dev.lock")
    done = complete.set_up()
    assert (done.returncode, done.stderr) == (0, "")


def test_an_unknown_argument_is_refused(complete: Clone) -> None:
    done = complete.set_up("--everything")
    assert done.returncode == 2
    assert "usage" in done.stderr
