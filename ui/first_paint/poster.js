(() => {
  const LATEST = 20000 // ms, whatever happens
  const FADE = 150
  const poster = document.getElementById("sigmascope-poster")
  poster.querySelector(".scriptless")?.remove()
  poster.setAttribute("aria-hidden", "true") // the app says the same, and is read
  const leave = () => {
    seen.disconnect()
    clearTimeout(late)
    poster.classList.add("gone")
    setTimeout(() => poster.remove(), FADE)
  }
  const seen = new MutationObserver(() => document.querySelector(poster.dataset.until) && leave())
  seen.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-ready"] })
  const late = setTimeout(leave, LATEST)
})()
