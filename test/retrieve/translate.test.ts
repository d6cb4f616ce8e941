import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { languageIdOf, toEnglish } from '../../server/retrieve/translate.ts'
import { root } from '../helpers/root.ts'

/** By language: a question, and English words that must come out of it. */
const QUESTIONS = JSON.parse(
  readFileSync(join(root, 'test/retrieve/questions-in-languages.json'), 'utf8'),
) as Record<string, Record<string, string>>

const wordsIn = (text: string): Set<string> => new Set(toEnglish(text).toLowerCase().split(' '))

describe('questions in other languages', () => {
  for (const [language, questions] of Object.entries(QUESTIONS)) {
    test(`${language}: the words that matter come out in English`, () => {
      for (const [question, expected] of Object.entries(questions)) {
        assert.equal(languageIdOf(question), language, question)
        const words = wordsIn(question)
        const missing = expected.split(' ').filter((word) => !words.has(word))
        assert.deepEqual(missing, [], `${question} → ${toEnglish(question)}`)
      }
    })
  }

  test('a few words are enough to tell', () => {
    for (const [question, english] of [
      ['postfach voll', 'mailbox full'],
      ['boîte pleine', 'mailbox full'],
      ['buzón lleno', 'mailbox full'],
      ['skrzynka pełna', 'mailbox full'],
      ['ящик переполнен', 'mailbox full'],
      ['Firmenpostfach überfüllt', 'company mailbox full'],
      ['absenderadresse wird abgelehnt', 'sender address rejected'],
      ['come esco da una lista nera?', 'how get off blocklist'],
      ['sinds gisteren komen al mijn mails terug', 'since yesterday my mail came back'],
    ] as const) {
      assert.equal(toEnglish(question), english)
    }
  })

  test('capitals shout, they name nothing', () => {
    assert.equal(toEnglish('MEINE MAIL KOMMT IMMER ZURÜCK'), 'my mail always came back')
    assert.equal(toEnglish('Meine Mail kommt NICHT an'), 'my mail not arrived')
  })

  test('codes, names and quoted errors stay', () => {
    for (const [question, kept] of [
      ['Was bedeutet 550 5.7.26 von Gmail für unsere Domain?', '550 5.7.26 gmail domain'],
      ['RESOLVER.ADR.RecipNotFound bedeutet was?', 'resolver.adr.recipnotfound'],
      ['warum landet unsere rechnung bei hotmail.com kunden im spam', 'hotmail.com spam'],
      ['mi correo vuelve con el mensaje relay access denied', 'relay access denied'],
      ['我的邮件被hotmail退回 S3150', 'hotmail s3150'],
      ['почему SPF не проходит на yahoo.com', 'spf yahoo.com'],
    ] as const) {
      const words = wordsIn(question)
      assert.deepEqual(
        kept.split(' ').filter((word) => !words.has(word)),
        [],
        `${question} → ${toEnglish(question)}`,
      )
    }
  })
})

describe('English', () => {
  test('is never taken for another language', () => {
    for (const question of [
      'virus in attachment',
      'transfer invitation permission',
      'message quota certificate',
      'adress not found',
      'mail delivery failed: returning message to sender',
      'Undelivered Mail Returned to Sender',
      'how do I track a bounce',
      'do i need a new provider',
      'installing Exchange 2019 on windows server 2022',
      'no',
      '550 5.1.1',
      '000C05A6',
      '5.2.2 me.com',
      'OverQuotaPerm vs OverQuotaTemp',
      'star colors',
      'dig -x',
      'a',
      'Diese: what does this German word mean in my bounce',
      "my boss says 'nein' to a new server, mail still comes back",
      'why does mail to 张伟 come back with user unknown',
      'my customer Иван Петров gets no mail from us',
    ]) {
      assert.equal(languageIdOf(question), undefined, question)
      assert.equal(toEnglish(question), question)
    }
  })
})

describe('other fields', () => {
  const MAIL =
    /\b(?:e-?mails?|mailbox|inbox|attachment|blocklist|spam folder|queue|distribution list|forwarding)\b/

  test('do not turn into words of mail', () => {
    for (const [question, language, english] of [
      ['wo ist mein dhl paket', 'de', 'parcel'],
      ['Überweisung wurde zurückgewiesen', 'de', 'bank transfer'],
      ['colis retourné à l’expéditeur pourquoi', 'fr', 'parcel'],
      ['la impresora dice acceso denegado', 'es', 'printer'],
      ['bonifico respinto dalla banca', 'it', 'bank transfer'],
      ['mijn instagram account is geblokkeerd', 'nl', 'instagram'],
      ['encomenda parada na alfândega', 'pt', 'parcel'],
      ['paczka zwrócona do nadawcy', 'pl', 'parcel'],
      ['paketet returnerades till avsändaren', 'sv', 'parcel'],
      ['balík se vrátil odesílateli', 'cs', 'parcel'],
      ['посылка вернулась отправителю', 'ru', 'parcel'],
      ['洗濯機 エラー E02', 'ja', 'washing machine'],
      ['银行转账被退回', 'zh', 'bank transfer'],
      ['رسالة واتساب لم تصل', 'ar', 'whatsapp'],
      ['החבילה חזרה לשולח', 'he', 'parcel'],
      ['wie wird das wetter morgen in köln', 'de', 'weather'],
      ['écris un poème sur la mer', 'fr', 'poem'],
    ] as const) {
      assert.equal(languageIdOf(question), language, question)
      assert.match(toEnglish(question), new RegExp(`\\b${english}\\b`), question)
      assert.doesNotMatch(toEnglish(question), MAIL, question)
    }
  })
})

test('a long text is put into English in no time', () => {
  const text = 'Die Nachricht konnte nicht zugestellt werden, weil das Postfach voll ist. '.repeat(
    500,
  )
  const start = performance.now()
  assert.match(toEnglish(text), /mailbox full/)
  assert.ok(performance.now() - start < 3000)
})
