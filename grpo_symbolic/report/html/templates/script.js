"use strict";
(() => {
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const root = document.documentElement;
  const remembered = () => { try { return localStorage.getItem("scheme"); } catch { return null; } };
  const remember = (name) => { try { localStorage.setItem("scheme", name); } catch { /* a page from disk may keep nothing */ } };

  all("fieldset[hidden]").forEach((field) => { field.hidden = false; });
  all("input[name=scheme]").forEach((choice) => {
    choice.checked = choice.value === (remembered() || "auto");
    choice.addEventListener("change", () => { root.dataset.scheme = choice.value; remember(choice.value); });
    if (choice.checked) root.dataset.scheme = choice.value;
  });

  const choices = all(".filter input");
  const filter = () => {
    const wanted = new Set(choices.filter((choice) => choice.checked).map((choice) => choice.value));
    const statements = all("[data-status]");
    statements.forEach((one) => { one.hidden = !wanted.has(one.dataset.status); });
    all(".part").forEach((part) => { part.hidden = !all("article:not([hidden])", part).length; });
    const articles = all("article[data-status]");
    all(".filter output").forEach((output) => {
      output.textContent = `${articles.filter((one) => !one.hidden).length} of ${articles.length} shown`;
    });
  };
  choices.forEach((choice) => choice.addEventListener("change", filter));

  const opening = (open) => all("main details").forEach((one) => { one.open = open; });
  all("button[data-open]").forEach((button) => button.addEventListener("click", () => opening(button.dataset.open === "true")));
  addEventListener("beforeprint", () => opening(true));

  const arrive = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.hidden) { choices.forEach((choice) => { choice.checked = true; }); filter(); target.scrollIntoView(); }
  };
  addEventListener("hashchange", arrive);

  const typed = (text) => {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("refused"));
  };
  const copied = (text) => navigator.clipboard ? navigator.clipboard.writeText(text).catch(() => typed(text)) : typed(text);
  all(".copy").forEach((button) => button.addEventListener("click", async () => {
    const before = button.textContent;
    try { await copied(button.dataset.latex); button.textContent = "Copied"; } catch { button.textContent = "Could not copy"; }
    setTimeout(() => { button.textContent = before; }, 1500);
  }));

  // What scrolls sideways must be reached by keyboard, and nothing else needs a stop.
  const reachable = () => all(".formula, .scroll, .drawing, .reason").forEach((one) => {
    if (one.scrollWidth > one.clientWidth) one.tabIndex = 0; else one.removeAttribute("tabindex");
  });
  addEventListener("resize", reachable);
  addEventListener("load", reachable);
  document.addEventListener("toggle", reachable, true);
  if (matchMedia("(max-width: 68rem)").matches) all(".contents > details").forEach((one) => { one.open = false; });
  filter();
  arrive();
})();
