import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { folderFor, makeTlsFiles } from '@scel/testkit/peers'
import { furnish, makeApplicant, makeKit, startDesk } from '../../testing/index.ts'

test('a name in the operator’s own TLS certificate (M1) is certified for no server, in no environment', async (t) => {
  const folder = folderFor(t)
  const names = 'DNS:localhost,DNS:PKI.example.net,DNS:*.wild.example.net'
  const tls = makeTlsFiles(folder, 'localhost', names)
  const desk = await startDesk({ tls })
  t.after(() => desk.stop())
  const shown = { ...desk, root: await readFile(tls.certificate, 'utf8') }
  const people = await furnish(shown)
  const kit = await makeKit(people.administrator, people.post.id, { profile: 'server', store: 'machine' })
  const applicant = await makeApplicant(shown)
  const asking = async (commonName: string, ...more: string[]) => {
    const { csr } = await applicant.credential({ commonName, names: [commonName, ...more] })
    const { status, json } = await applicant.submit(kit, csr)
    return `${status} ${json.code ?? ''} ${json.facts?.rule ?? ''}`.trim()
  }
  assert.equal(await asking('pki.example.net'), '422 name_not_allowed desk')
  assert.equal(await asking('www.example.net', 'PKI.Example.net'), '422 name_not_allowed desk')
  assert.equal(await asking('www.example.net'), '200')
  assert.equal(await asking('www.wild.example.net'), '200', 'who has a wildcard does not have every name below it')
  assert.equal(await asking('elsewhere.example.com'), '422 name_outside_organisation')
})
