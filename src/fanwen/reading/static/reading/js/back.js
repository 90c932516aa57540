// "Back" goes back to where the visitor came from within this site, a list with its place in it for example.

const back = document.querySelector("[data-back]");
back?.addEventListener("click", (event) => {
  if (!document.referrer.startsWith(location.origin) || history.length < 2) return;
  event.preventDefault();
  history.back();
});
