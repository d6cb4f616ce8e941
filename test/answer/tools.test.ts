import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fill } from '../../server/answer/fill.ts'
import { readAuthResults } from '../../server/answer/tools/auth-results.ts'
import { readBanner } from '../../server/answer/tools/banner.ts'
import { findBlocklist, isRefusedQuery } from '../../server/answer/tools/dnsbl.ts'
import { findX500 } from '../../server/answer/tools/imceaex.ts'
import { readTracking } from '../../server/answer/tools/tracking.ts'
import { readLogRow } from '../../server/answer/tools/w3c.ts'

test('an IMCEAEX string becomes an X.500 address, underscores before +5F', () => {
  const found = findX500(
    'IMCEAEX-_O=CONTOSO_OU=EXCHANGE+20GROUP_CN=RECIPIENTS_CN=JANE+5FDOE+28X+29@contoso.example',
  )
  assert.equal(found?.x500, '/O=CONTOSO/OU=EXCHANGE GROUP/CN=RECIPIENTS/CN=JANE_DOE(X)')
  assert.equal(findX500('jane@example.com'), undefined)
})

test('log columns are not part of a banner, and a version speaks against Exchange 2007', () => {
  const banner = readBanner(
    '220+domain.local+Microsoft+ESMTP+MAIL+Service+Version:+2.0 0 0 71 0 47 SMTP',
  )
  assert.deepEqual(banner?.columns, ['0', '0', '71', '0', '47', 'SMTP'])
  assert.match(banner.tells[0] ?? '', /does not point to Exchange 2007/)
  assert.equal(readBanner('we have 220 users'), undefined)
})

test('a tracking row says where to look next', () => {
  assert.match(
    readTracking('Message Routed and Queued for Remote Delivery')?.meaning ?? '',
    /never left your server/,
  )
  assert.match(
    readTracking('2024-01-01T00:00:00Z,,,,,,,SMTP,FAIL,77')?.next ?? '',
    /recipient-status/,
  )
  assert.equal(readTracking('my tracking number'), undefined)
})

test('a W3C row is laid out by its own field line', () => {
  const row = readLogRow(
    '#Fields: date time c-ip cs-method cs-uri-query sc-status x y\n2011-02-24 10:44:01 192.0.2.25 RCPT TO:+<a@example.com> 250 - -',
  )
  assert.deepEqual(row?.cells.at(-1), ['reply code', '250'])
})

test('a refused look-up is not a listing', () => {
  assert.ok(isRefusedQuery('blocked using zen.spamhaus.org; Error: open resolver'))
  assert.ok(!isRefusedQuery('blocked using zen.spamhaus.org'))
  assert.equal(
    findBlocklist('Client host [198.51.100.7] blocked using bl.spamcop.net')?.ip,
    '198.51.100.7',
  )
})

test('authentication results are explained method by method', () => {
  const found = readAuthResults('Authentication-Results: mx; spf=fail; dkim=none; dmarc=fail')
  assert.deepEqual(
    found.map(({ method, result }) => `${method}=${result}`),
    ['spf=fail', 'dkim=none', 'dmarc=fail'],
  )
})

test('a command is filled in only with what is harmless in every shell', () => {
  const command = '`Get-MessageTrackingLog -Recipients <recipient>` for <recipient>'
  assert.equal(
    fill(command, { recipient: 'a@example.com' }),
    '`Get-MessageTrackingLog -Recipients a@example.com` for <recipient>',
  )
  for (const recipient of [
    'a$(rm)@example.com',
    "a';b@example.com",
    '-x@example.com',
    'a b@example.com',
    'a`b@example.com',
  ])
    assert.equal(fill(command, { recipient }), command, recipient)
})
