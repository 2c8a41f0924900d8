// What scripts add to pages that work without them: an error summary takes the focus, a button is pressed once, and a
// question that depends on another shows only when it is asked.
import { Button, Checkboxes, ErrorSummary, Radios, createAll } from "govuk-frontend";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
for (const part of [Button, Checkboxes, ErrorSummary, Radios]) createAll(part);
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
