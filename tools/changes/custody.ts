import type { Change } from './change.ts'

const SERVER = 'packages/server/src'

/** Keys of authorities in a folder apart, with the option that names it. */
export const custody: Change = {
  row: 'new key custody, with its option',
  before: 'did not fit: files, and only files, for all keys at once',
  made: {
    [`${SERVER}/custody/apart-keys.ts`]: `import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { refuse } from '@scel/contract/errors'
import { toHex } from '@scel/pki/bytes'
import { exportPrivateKey, generateKeyPair, importPrivateKey, randomBytes } from '@scel/pki/crypto'
import { signerOf } from './open-signer.ts'
import { readOptional, writeSecret } from './secret-file.ts'
import type { TokenCustody } from './token-keys.ts'

/** Keys of authorities in a folder apart, such as a volume that is there for the desk alone; the others are where they would be. */
export function apartKeys(folder: string | undefined, others: TokenCustody): TokenCustody {
  if (folder === undefined) return others
  const pathOf = (object: Uint8Array): string => join(folder, \`\${toHex(object)}.key\`)
  return {
    ...others,
    takes: (use) => use === 'authority' || others.takes(use),
    generate: async (keyId, spec, use) => {
      if (use !== 'authority') return others.generate(keyId, spec, use)
      const { privateKey, publicKey } = await generateKeyPair(spec)
      const object = randomBytes(16)
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await writeSecret(pathOf(object), await exportPrivateKey(privateKey))
      return { spec, spki: publicKey, token: APART, object, root: false }
    },
    open: async (keyId, record) => {
      if (record.token !== APART) return others.open(keyId, record)
      const der = await readOptional(pathOf(record.object))
      return signerOf(keyId, await importPrivateKey(der ?? refuse('authority_unavailable', { purpose: keyId })))
    },
  }
}

const APART = '(apart)'
`,
  },
  edits: [
    {
      ...{
        file: `${SERVER}/custody/open-keys.ts`,
        put: 'before',
        at: "import { type DeskKeys, deskKeys } from './desk-keys.ts'\n",
      },
      text: "import { apartKeys } from './apart-keys.ts'\n",
    },
    {
      ...{ file: `${SERVER}/custody/open-keys.ts`, put: 'after', at: '  readonly tokens?: TokenUris\n' },
      text: '  /** Where the keys of authorities are made and kept. @default among the others */\n  readonly apartFolder?: string\n',
    },
    {
      ...{ file: `${SERVER}/custody/open-keys.ts`, put: 'before', at: 'await tokenCustody(options.tokens ?? {})' },
      text: 'apartKeys(options.apartFolder, ',
    },
    {
      ...{ file: `${SERVER}/custody/open-keys.ts`, put: 'after', at: 'await tokenCustody(options.tokens ?? {})' },
      text: ')',
    },
    {
      ...{ file: `${SERVER}/config/options.ts`, put: 'before', at: "  readonly authorityKey: 'ec-p256'" },
      text: '  readonly apartFolder: string\n',
    },
    {
      ...{ file: `${SERVER}/config/options.ts`, put: 'before', at: "  authorityKey: row('authorityKey'" },
      text: "  apartFolder: row('apartFolder', '<folder>', text(4_096)),\n",
    },
    {
      ...{
        file: `${SERVER}/config/config.ts`,
        put: 'before',
        at: "  readonly authorityKey: OptionValues['authorityKey']\n",
      },
      text: '  /** Where the keys of authorities are made and kept. */\n  readonly apartFolder: string | undefined\n',
    },
    {
      ...{ file: `${SERVER}/config/config.ts`, put: 'before', at: '    authorityKey: all.authorityKey,\n' },
      text: '    apartFolder: given.apartFolder,\n',
    },
    {
      ...{ file: `${SERVER}/opening.ts`, put: 'after', at: '  tokens: config.tokens,\n' },
      text: '  ...(config.apartFolder !== undefined && { apartFolder: config.apartFolder }),\n',
    },
    {
      ...{ file: `${SERVER}/edge/terminal/texts.en.ts`, put: 'before', at: '    authorityKey: ' },
      text: "    apartFolder: 'folder that new keys of authorities are made in and stay in (default: among the others)',\n",
    },
    {
      ...{ file: `${SERVER}/edge/terminal/texts.fr.ts`, put: 'before', at: '    authorityKey: ' },
      text: "    apartFolder: 'dossier où les nouvelles clés des autorités sont créées et restent (par défaut : avec les autres)',\n",
    },
  ],
  seenBy: {
    [`${SERVER}/custody/apart-keys.test.ts`]: `import assert from 'node:assert/strict'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { sign } from '@scel/pki/crypto'
import { folderFor } from '@scel/testkit/peers'
import { settle } from '../config/config.ts'
import { openKeys } from './index.ts'

test('the key of an authority is made in the folder that the option names, signs from there, and is away with it', async (t) => {
  const data = folderFor(t)
  const { apartFolder } = settle({ data, publicName: 'localhost', apartFolder: join(data, 'apart') })
  const options = { folder: join(data, 'keys'), masterKeyFile: join(data, 'master.key'), apartFolder: apartFolder! }
  const first = await openKeys(options)
  await first.signers.generate('production-people', 'ec-p256', 'authority')
  await first.signers.generate('production-root', 'ec-p256', 'root')
  assert.equal((await readdir(apartFolder!)).length, 1)
  const { key } = await (await openKeys(options)).signers.open('production-people')
  assert.ok((await sign(key, new Uint8Array(8))).length > 60)
  await rm(apartFolder!, { recursive: true })
  await assert.rejects((await openKeys(options)).signers.open('production-people'), { code: 'authority_unavailable' })
})
`,
  },
}
