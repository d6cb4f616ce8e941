/** The face of Markdown: text in, typed blocks, plain text or escaped HTML out. */
export { toBlocks, toSlug } from './blocks.ts'
export { escapeHtml, toHtml } from './html.ts'
export { toPlainText } from './plain.ts'
