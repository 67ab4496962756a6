import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parseTokenUri } from '@scel/pkcs11'
import { softTokens } from '@scel/pkcs11/testing'
import { utf8 } from '@scel/pki/bytes'
import { sign } from '@scel/pki/crypto'
import { folderFor } from '@scel/testkit/peers'
import { makePaths } from '../state/paths.ts'
import { tokens } from './pkcs11.ts'
import type { StorePlace } from './store-kind.ts'

test('a key is asked of the token that made it alone: another one of its label is not given the PIN', async (t) => {
  const soft = await softTokens(t)
  if (!soft) return
  const home = folderFor(t)
  const paths = makePaths({ env: {}, platform: 'linux', home }, {})
  const place: StorePlace = { scope: 'user', paths, platform: 'linux' }
  const uri = await soft.make('Card', '1111')
  const desk = 'production-000000000000'
  const { key } = await (await tokens.named(uri, place))!.make({ desk, name: 'ws' }, 'ec-p256')
  // Each run opens the store anew.
  const use = async (): Promise<Uint8Array> => {
    const [store] = await tokens.known(place)
    const identity = await store!.find(desk, key)
    return sign(await store!.use(identity!), utf8('to be signed'))
  }
  const record = join(
    home,
    (readdirSync(home, { recursive: true }) as string[]).find((one) => one.endsWith('token.json'))!,
  )
  const text = readFileSync(record, 'utf8')
  const { serial } = parseTokenUri(JSON.parse(text).uri)
  assert.match(serial ?? '', /^[0-9a-f]{16}$/)
  assert.ok((await use()).length > 0)

  let asked = 0
  const askPin = async (): Promise<string> => {
    asked++
    return '1111'
  }
  const typed = (await tokens.named(uri.replace(/&?pin-source=[^&]*/, ''), { ...place, askPin }))!
  await typed.present()
  await typed.make({ desk, name: 'typed' }, 'ec-p256')
  assert.equal(asked, 1)

  await soft.takeAway()
  await soft.make('Card', '2222')
  writeFileSync(join(soft.folder, 'Card.pin'), '1111')
  await assert.rejects(use(), { code: 'key_unavailable', facts: { where: 'Card', why: 'absent' } })
})
