// On paper: as large as on the screen, and all of that as much smaller as the sheet is narrower.

const SHEET = 700 // px

export function listenToPrint(root) {
  const measure = () => {
    const { clientHeight } = root.querySelector(".sigmascope-stage") ?? root
    root.style.setProperty("--sigmascope-screen", `${root.clientWidth}px`)
    root.style.setProperty("--sigmascope-height", `${clientHeight}px`)
    root.style.setProperty("--sigmascope-paper", String(Math.min(1, SHEET / root.clientWidth)))
  }
  addEventListener("beforeprint", measure)
  return () => removeEventListener("beforeprint", measure)
}
