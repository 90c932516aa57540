from __future__ import annotations

import pytest

from fanwen.intake.proposal.title import is_rubbish, name_title
from fanwen.intake.propose import propose
from fanwen.intake.types import Line, PageContent, Properties

WIDTH, HEIGHT = 595.0, 842.0


def page(*rows: tuple[str, float] | str, number: int = 1) -> PageContent:
    """A page set in rows of (text, size in points), the larger ones centred; a text alone is 12 points at the left."""
    text, lines, at, y = "", [], 0, 80.0
    for row in rows:
        words, size = row if isinstance(row, tuple) else (row, 12.0)
        width = sum(size if ord(char) > 0x2E80 else size / 2 for char in words) / WIDTH
        x = 0.15 if size <= 12 else (1 - width) / 2
        text += ("\n" if text else "") + words
        lines.append(Line(at, at + len(words), x, y / HEIGHT, min(width, 0.7), size / HEIGHT))
        at += len(words) + 1
        y += size * 1.6
    return PageContent(number, WIDTH, HEIGHT, text, tuple(lines))


NOTICE = page(
    ("澜溪县水利局文件", 34.0),
    ("澜水发〔2025〕12号", 15.0),
    ("关于做好二〇二五年度汛前安全检查", 22.0),
    ("工作的通知", 22.0),
    "各乡镇水利站、局属各单位：",
    "为确保水利工程安全度汛，根据年度计划，定于三月中旬对全县水库、",
    "堤防和山塘开展汛前检查。现将有关事项通知如下。",
    "一、检查内容",
    "检查水库大坝、溢洪道、放水涵管和观测设施，检查防汛物资储备情况。",
    "水库管理单位应当先行自查，并填写水库检查表。",
)


def propose_title(*pages: PageContent, property: str = "", name: str = "扫描0001.pdf") -> str:
    return propose(pages, Properties(title=property), name).title


@pytest.mark.parametrize(
    "title",
    [
        "Microsoft Word - 文档1",
        "Microsoft PowerPoint - 汇报.ppt",
        "未命名",
        "未命名文档",
        "无标题",
        "Untitled",
        "Untitled-1",
        "文档1",
        "文档 12",
        "工作簿1",
        "Book1",
        "Sheet2",
        "演示文稿1",
        "PowerPoint 演示文稿",
        "PowerPoint Presentation",
        "幻灯片 1",
        "Slide 1",
        "新建 Microsoft Word 文档",
        "新建文档 (2)",
        "单击此处添加标题",
        "Click to add title",
        "2025年工作总结.doc",
        "plan_final.docx",
        "C:\\Users\\li\\Desktop\\a",
        "file:///tmp/x",
        "http://example.org/1",
        "标题",
        "模板",
        "Normal.dotm",
        "CamScanner 03-05-2024 10.20",
        "IMG_20240305_1020",
        "微信图片_20240305",
        "附件1：",
        "20240305",
        "3f2a9c0d1e4b5a69",
        "ÎÄµµ±êÌâ",
        "????????",
        "\ufffd\ufffd\ufffd报",
        "-",
        "",
        " ",
        "封面",
        "目录",
        "默认标题",
        "Office Theme",
        "WPS 演示",
    ],
)
def test_titles_that_say_nothing_are_known(title):
    assert is_rubbish(title)


@pytest.mark.parametrize(
    "title",
    [
        "2025年工作总结",
        "关于做好汛前安全检查的通知",
        "Annual Report 2024",
        "文档管理办法",
        "标题党治理研究",
        "目录学概论",
        "Word 使用入门",
        "幻灯片制作教程",
        "第十二届科技节方案",
        "Book of Rivers",
        "测试用例设计规范",
        "扫描仪使用说明",
        "图片社价目表",
        "Café menu",
        "附件管理规定",
    ],
)
def test_titles_that_say_something_are_kept(title):
    assert not is_rubbish(title)


def test_a_good_property_is_the_title():
    assert propose_title(NOTICE, property="关于做好汛前安全检查工作的通知") == "关于做好汛前安全检查工作的通知"


def test_a_heading_over_two_lines_is_joined_and_the_masthead_is_not_it():
    assert propose_title(NOTICE, property="Microsoft Word - 文档1") == "关于做好二〇二五年度汛前安全检查工作的通知"


def test_a_heading_is_not_cut_within_brackets():
    heading = page(
        ("海岸阅览室二〇二五年度工作总结（修改", 22.0), ("稿）", 22.0), "各村设立流动书箱十二处，由志愿者按月更换图书。"
    )
    assert propose_title(heading) == "海岸阅览室二〇二五年度工作总结（修改稿）"


def test_a_title_left_behind_by_a_template_gives_way_to_the_heading():
    found = propose_title(NOTICE, property="某某公司员工手册（试行）")
    assert found == "关于做好二〇二五年度汛前安全检查工作的通知"


def test_an_annex_mark_and_a_date_are_no_title():
    first = page("附件1", ("学生社团登记表", 20.0), "2025年3月", "社团名称：", "负责人：")
    assert propose_title(first) == "学生社团登记表"


def test_an_english_heading_is_joined_with_a_blank():
    first = page(
        ("The Waterways of Alder County:", 24.0),
        ("A Survey of Locks and Weirs", 24.0),
        "This survey describes the condition of forty-one locks and weirs in the county.",
        "It was carried out between March and June by two engineers of the county office.",
    )
    assert propose_title(first) == "The Waterways of Alder County: A Survey of Locks and Weirs"


def test_a_page_that_begins_with_prose_takes_the_files_name():
    first = page(
        "去年三月，你们第一次来，带了水果和牛奶，还拉了一条很长的横幅，", "老人们到现在还记得那一天的情形，常常说起。"
    )
    assert propose_title(first, name="感谢信_终稿.docx") == "感谢信"


def test_plain_text_has_its_first_line_for_a_title():
    text = "关于老街片区临时停水的通知\n一、停水时间：4月2日8时至18时。\n请提前储水。"
    assert propose_title(PageContent(1, WIDTH, HEIGHT, text), name="a.txt") == "关于老街片区临时停水的通知"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("2025年工作总结.docx", "2025年工作总结"),
        ("工作总结(1).doc", "工作总结"),
        ("工作总结（终稿）.pdf", "工作总结"),
        ("工作总结 - 副本.docx", "工作总结"),
        ("工作总结-副本 (2).docx", "工作总结"),
        ("annual_report_final.pdf", "annual report"),
        ("report v2.docx", "report"),
        ("20240305_会议纪要.docx", "会议纪要"),
        ("附件2：报名表.xls", "报名表"),
        ("03.采购合同.docx", "采购合同"),
        ("%E6%8A%A5%E5%91%8A.pdf", "报告"),
        ("报告.doc.pdf", "报告"),
        ("C:\\temp\\报告.doc", "报告"),
        ("../../报告.doc", "报告"),
        ("20240305.pdf", "20240305"),
        (".docx", ".docx"),
        ("\u202e报告.txt", "报告"),
    ],
)
def test_a_files_name_becomes_a_title(name, title):
    assert name_title(name) == title


@pytest.mark.parametrize("name", ["", "\0", "...", "_", "a" * 300, "（1）.doc"])
def test_a_title_is_never_empty_nor_endless(name):
    assert 1 <= len(propose([], Properties(), name).title) <= 120


def test_the_description_begins_where_the_text_says_what_it_is():
    found = propose([NOTICE], Properties(), "a.pdf").description
    assert found.startswith("为确保水利工程安全度汛，根据年度计划，定于三月中旬对全县水库、堤防和山塘开展汛前检查。")
    assert "各乡镇水利站" not in found
    assert "一、" not in found
    assert found.endswith("。")


def test_the_description_ends_with_a_sentence_or_says_that_it_goes_on():
    first = page(("山塘管理办法", 22.0), "本办法" + "所称山塘是指库容不足十万立方米的蓄水工程，" * 20 + "以此为准。")
    found = propose([first], Properties(), "a.pdf").description
    assert 80 <= len(found) <= 162
    assert found.endswith("……")


def test_a_form_is_described_by_its_labels():
    first = page(("学生社团登记表", 20.0), "社团名称\t负责人\t电话", "指导教师\t活动地点\t人数", "简介")
    found = propose([first], Properties(), "a.pdf").description
    assert found.startswith("社团名称、负责人、电话、指导教师")


def test_an_english_description_is_made_of_whole_sentences():
    first = page(
        ("Survey of Locks", 24.0),
        "Dear colleagues,",
        "This survey describes the condition of forty-one locks and weirs in the county. It was",
        "carried out between March and June by two engineers. Most of them are in good repair.",
    )
    found = propose([first], Properties(), "a.pdf").description
    assert found.startswith("This survey describes the condition of forty-one locks and weirs in the county.")
    assert found.endswith(".")


def test_a_subject_of_the_document_itself_is_its_description():
    properties = Properties(subject="全县水库、堤防和山塘汛前检查的时间、内容与分工安排，以及检查表。")
    assert propose([NOTICE], properties, "a.pdf").description == properties.subject


def test_keywords_are_whole_words_of_the_text_and_the_titles_come_first():
    found = propose([NOTICE], Properties(), "a.pdf").keywords
    text = NOTICE.text.replace("\n", "")
    assert 3 <= len(found) <= 8
    assert all(word in text and len(word) >= 2 for word in found)
    assert "水库" in found
    assert not {"工作", "通知", "情况", "单位"} & set(found)
    for word in found:
        assert not any(word != other and word in other for other in found)


def test_nouns_that_keep_standing_together_are_one_keyword():
    body = "应急预案要写明责任人。各校修订应急预案，每学期演练应急预案。应急预案报教育局备案。" * 2
    found = propose([page(("校园防灾须知", 20.0), body)], Properties(), "a.pdf").keywords
    assert "应急预案" in found
    assert "预案" not in found


def test_the_authors_keywords_count_where_the_text_bears_them_out():
    properties = Properties(keywords=("溢洪道", "区块链"))
    found = propose([NOTICE], properties, "a.pdf").keywords
    assert found[0] == "溢洪道"
    assert "区块链" not in found


def test_a_collection_can_tell_which_words_are_rare():
    share = {"水库": 0.9}
    with_share = propose([NOTICE], Properties(), "a.pdf", frequency=lambda word: share.get(word, 0.001)).keywords
    assert "水库" not in with_share[:4]


def test_english_keywords_leave_out_the_small_words():
    first = page(
        ("Survey of Locks", 24.0),
        "The lock keepers repair each lock. Weirs and locks need repair. Keepers inspect weirs.",
    )
    found = [word.lower() for word in propose([first], Properties(), "a.pdf").keywords]
    assert "locks" in found
    assert not {"the", "and", "each"} & set(found)


def test_a_document_without_text_still_has_a_title():
    found = propose([PageContent(1, WIDTH, HEIGHT, "")], Properties(), "老照片.png")
    assert (found.title, found.description, found.keywords) == ("老照片", "", ())
