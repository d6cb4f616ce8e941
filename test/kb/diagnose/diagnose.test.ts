import assert from 'node:assert/strict'
import { test } from 'node:test'
import { holds, known, parseCondition } from '../../../kb/diagnose/condition.ts'
import { CAUSES, FACTS } from '../../../kb/diagnose/data.ts'
import { diagnose, readFacts } from '../../../kb/diagnose/index.ts'
import { rank } from '../../../kb/diagnose/rank.ts'
import { readAnswer } from '../../../kb/diagnose/said.ts'
import { parseText } from '../../../kb/ndr/index.ts'
import type { Fact } from '../../../kb/types.ts'

const fact = (name: string, value: string): Fact => ({ name, value, from: 'person' })
const told = (text: string) =>
  Object.fromEntries(readFacts(text).map(({ name, value }) => [name, value]))

const EXPIRED = `Your message did not reach some or all of the intended recipients.

      Subject:  Dinner
      Sent:     2/24/2011 11:44 AM

The following recipient(s) could not be reached:

      anna@example.com on 2/26/2011 11:44 AM
            Could not deliver the message in the time limit specified. Please retry or contact your administrator.
            <mail.example.org #4.4.7>`

test('a condition compares values, numbers and wording', () => {
  const about = known(
    [fact('code', '4.4.7'), fact('hoursQueued', '48')],
    'Could not  deliver\nin time',
  )
  assert.ok(holds(['code=5.1.1|4.4.7', 'hoursQueued>=48', 'text~could not deliver'], about))
  assert.ok(holds(['provider!=google'], about), 'what is unknown is not that value')
  assert.ok(!holds(['hoursQueued<=47'], about))
  assert.ok(!holds(['code!=4.4.7'], about))
  assert.throws(() => parseCondition('nonsense'), TypeError)
})

test('every condition and every fact in the data can be read', () => {
  const all = CAUSES.flatMap(({ when, signals }) => [
    ...when.flat(),
    ...signals.flatMap((one) => one.if),
  ])
  for (const condition of [...all, ...FACTS.flatMap(({ ask }) => ask.flat())])
    parseCondition(condition)
  assert.equal(new Set(CAUSES.map(({ id }) => id)).size, CAUSES.length)
  assert.equal(new Set(FACTS.map(({ id }) => id)).size, FACTS.length)
})

test('a denial is not taken for the statement that it denies', () => {
  assert.equal(told('no, only calendar invites').messagesAffected, 'meetings')
  assert.equal(told('not only calendar invites').messagesAffected, 'all')
  assert.equal(told("I don't think it is only calendar invites").messagesAffected, undefined)
})

test('a question or a supposition states nothing', () => {
  assert.deepEqual(told('how can I see whether they run Exchange 2007?'), {})
  assert.equal(told('what if we use Exchange 2010').ourServer, undefined)
  assert.equal(
    told('somebody says I must tick allow computers which successfully authenticate').tried,
    undefined,
  )
  assert.equal(told('Is our IP listed?').listedThere, undefined)
})

test('each side has its own mail system', () => {
  assert.deepEqual(told('we have Exchange 2003, they use Exchange 2007'), {
    ourServer: 'exchange-2003',
    theirServer: 'exchange-2007',
  })
})

test('a short answer is understood against the question', () => {
  const question = FACTS.find(({ id }) => id === 'addressBefore')
  assert.ok(question)
  assert.equal(readAnswer('yes', question)?.value, 'worked')
  assert.equal(readAnswer('the second one', question)?.value, 'never')
  assert.equal(readAnswer('why do you ask?', question), undefined)
})

test('likelihoods leave room for what is not known', () => {
  const ranked = rank(CAUSES, known([fact('reason', 'expired')]))
  const sum = ranked.reduce((total, { likelihood }) => total + likelihood, 0)
  assert.ok(ranked.length > 1 && sum < 1, `${sum}`)
})

test('what the person adds puts another cause on top, with its reason', () => {
  const report = parseText(EXPIRED)
  const before = diagnose(report)
  const after = diagnose(
    report,
    readFacts('normal mails to her arrive, only my calendar invitations come back'),
  )
  assert.equal(before?.resend, 'later')
  assert.notEqual(before?.causes[0]?.id, 'meeting-request-exchange-2003-2007')
  assert.equal(after?.causes[0]?.id, 'meeting-request-exchange-2003-2007')
  assert.ok(after.causes[0].why.some((why) => /calendar/.test(why)))
  assert.ok(!after.questions.some(({ id }) => id === 'messagesAffected'), 'never asked again')
})

test('nothing pasted and nothing told is no diagnosis', () => {
  assert.equal(diagnose(null), null)
  assert.equal(diagnose(parseText('what is the weather like?')), null)
})
