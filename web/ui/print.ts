/** Printing the chat without the page around it, with nothing folded away. */
import css from './print.css'

/** Opens every fold for the time of printing. */
function unfold(root: ParentNode): () => void {
  const folds = [...root.querySelectorAll<HTMLDetailsElement>('details:not(.menu, [open])')]
  for (const fold of folds) {
    fold.open = true
    // the event that fills a fold comes too late for the printer
    fold.dispatchEvent(new Event('unfold'))
  }
  return () => {
    for (const fold of folds) fold.open = false
  }
}

/** Whoever prints the page, by our button or the browser's menu, gets all of it. */
export function unfoldForPrint(root: ParentNode, signal: AbortSignal): void {
  let restore = () => {}
  addEventListener(
    'beforeprint',
    () => {
      restore = unfold(root)
    },
    { signal },
  )
  addEventListener('afterprint', () => restore(), { signal })
}

let sheet: CSSStyleSheet | undefined

export function printOnly(element: HTMLElement): void {
  const root = element.getRootNode()
  const host = root instanceof ShadowRoot ? root.host : element
  if (!sheet) {
    sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
  }
  const only = sheet
  host.toggleAttribute('data-bouncewise-print', true)
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, only]
  print()
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== only)
  host.toggleAttribute('data-bouncewise-print', false)
}
