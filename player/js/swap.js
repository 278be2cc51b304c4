// Of the two axes of one quantity one is drawn large: a button on the panel has the other one so.

import { element } from "./element.js"

export function offerSwap(host, labels, { swapAxes }) {
  const words = { title: labels.swap, ariaLabel: labels.swap, textContent: "⇄" }
  const made = element("button", { type: "button", className: "sigmascope-swap", ...words })
  made.addEventListener("click", swapAxes)
  host.append(made)
  return made
}
