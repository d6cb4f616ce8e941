import { escapeHtml } from '../markdown/index.ts'

export type Page = {
  readonly title: string
  /** finished HTML: every text in it has been escaped */
  readonly main: string
  readonly query?: string
}

/** A whole page. No script, no inline style, nothing from another host: it works and prints anywhere. */
export function toPage({ title, main, query = '' }: Page): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)} · Bouncewise</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/pages.css">
</head>
<body>
<a class="skip" href="#main">To the text</a>
<header>
<a class="home" href="/">Bouncewise</a>
<nav aria-label="Site"><a href="/articles">Articles</a></nav>
<form role="search" action="/articles" method="get">
<label for="q">Search the articles</label>
<input id="q" name="q" type="search" maxlength="2000" value="${escapeHtml(query)}">
<button type="submit">Search</button>
</form>
</header>
<main id="main">
${main}
</main>
</body>
</html>
`
}

/** A link to an article by its id. */
export const articleLink = (id: string, title: string): string =>
  `<a href="/articles/${encodeURIComponent(id)}">${escapeHtml(title)}</a>`
