// What routers and strict modes do: load everything twice, swap the whole body, go back and forward.
import 'http://localhost:3000/widget.js'

const load = () => {
  const script = document.createElement('script')
  script.type = 'module'
  script.src = 'http://localhost:3000/widget.js?again'
  document.head.append(script)
}

const link = (path, text) => {
  const a = document.createElement('a')
  a.href = path
  a.textContent = text
  a.addEventListener('click', (event) => {
    event.preventDefault()
    history.pushState({}, '', path)
    show()
  })
  return a
}

const show = () => {
  const body = document.createElement('body')
  const header = document.createElement('header')
  const title = document.createElement('h1')
  title.textContent = location.hash || '#home'
  header.append(title)
  const main = document.createElement('main')
  main.append(link('#home', 'Home'), ' ', link('#mail', 'Mail'))
  body.append(header, main)
  document.body.replaceWith(body)
  load()
}

addEventListener('popstate', show)
load()
show()
