import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseCrl } from '@scel/pki/x509'
import { furnish, startDesk, visitorOf } from '../../testing/index.ts'

test('a page gets the revocation list of every authority through its own door, and nobody without a session does', async (t) => {
  const desk = await startDesk()
  t.after(() => desk.stop())
  const { administrator } = await furnish(desk)
  const { items } = (await administrator.get('/api/authorities')).json as { items: { id: string; subject: string }[] }
  assert.ok(items.length >= 3)
  for (const { id } of items) {
    const { status, headers, bytes } = await administrator.get(`/api/authorities/${id}/crl`)
    assert.equal(status, 200)
    assert.equal(headers['content-type'], 'application/pkix-crl')
    assert.ok((parseCrl(bytes).nextUpdate ?? 0) > new Date())
  }
  assert.equal((await administrator.get(`/api/authorities/${'x'.repeat(22)}/crl`)).status, 404)
  assert.equal((await visitorOf(desk).get(`/api/authorities/${items[0]!.id}/crl`)).status, 401)
})
