/** The page: the element over the whole window. In a frame (`/?embed=1`) it also talks to its host. */
import '../ui/define.ts'

const chat = document.querySelector('bouncewise-chat')
const options = new URLSearchParams(location.search)

for (const name of [
  'locale',
  'theme',
  'audience',
  'keep',
  'ttl',
  'heading',
  'greeting',
  'handoff',
]) {
  const value = options.get(name)
  if (value !== null) chat?.setAttribute(name, value)
}

if (chat && window.parent !== window) {
  void import('../widget/inside.ts').then(({ talkToHost }) => talkToHost(chat))
}
