import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hostCookie } from './host-cookie.ts'
import { clearSessionCookie, sessionToken, setSessionCookie } from './session-cookie.ts'

const token = 'A'.repeat(43)
const ours = `__Host-scel-session=${token}`
const read = (cookie: string | undefined): string | undefined =>
  sessionToken({ headers: cookie === undefined ? {} : { cookie } })

test('our cookie is found among others', () => {
  assert.equal(read(ours), token)
  assert.equal(read(`a=b; ${ours};c`), token)
})

test('garbage is no cookie', () => {
  for (const cookie of [
    undefined,
    '',
    ';;;===',
    '__Host-scel-session',
    '__Host-scel-session=',
    `__Host-scel-session=${token}A`,
    `__Host-scel-session="${token}"`,
    `__host-scel-session=${token}`,
    `scel-session=${token}`,
    `__Host-scel-session=${'%41'.repeat(43)}`,
  ]) {
    assert.equal(read(cookie), undefined, String(cookie))
  }
})

test('of two cookies with our name neither is believed', () => {
  assert.equal(read(`${ours}; __Host-scel-session=${'B'.repeat(43)}`), undefined)
})

test('a cookie that a browser brings back from elsewhere differs in that alone', () => {
  const set: string[] = []
  const reply = { header: (_name: string, value: string) => set.push(value) } as never
  const attempt = hostCookie('__Host-scel-attempt', 'Lax')
  attempt.set(reply, token)
  assert.deepEqual(set, [`__Host-scel-attempt=${token}; Path=/; Secure; HttpOnly; SameSite=Lax`])
  assert.equal(attempt.read({ headers: { cookie: ours } }), undefined)
})

test('the cookie goes to this host alone, over TLS, out of no other site’s page, and no script reads it', () => {
  const set: string[] = []
  const reply = { server: {}, header: (_name: string, value: string) => set.push(value) } as never
  setSessionCookie(reply, token)
  clearSessionCookie(reply)
  const attributes = 'Path=/; Secure; HttpOnly; SameSite=Strict'
  assert.deepEqual(set, [`${ours}; ${attributes}`, `__Host-scel-session=; ${attributes}; Max-Age=0`])
})
