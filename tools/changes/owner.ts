import type { Change } from './change.ts'

const SERVER = 'packages/server/src'

/** Accounts that ask for machines' certificates, each by itself: the compiler asks for every line but that the owners are apart. */
export const owner: Change = {
  row: 'new kind of owner of certificates',
  before: 'a column and a word for each',
  made: {},
  edits: [
    {
      ...{ file: `${SERVER}/core/owner.ts`, put: 'after', at: 'export type OwnerKind =' },
      text: " 'account' |",
    },
    {
      ...{ file: `${SERVER}/core/owner.ts`, put: 'after', at: "  desk: { party: 'one', isMarked: false },\n" },
      text: "  account: { party: 'each', isMarked: true },\n",
    },
    {
      ...{ file: `${SERVER}/core/followers.ts`, put: 'after', at: '    desk: endGivenUpRequest,\n' },
      text: '    account: endGivenUpRequest,\n',
    },
    { ...{ file: `${SERVER}/core/followers.ts`, put: 'after', at: 'desk: ASKED' }, text: ', account: OF_MACHINE' },
    {
      ...{ file: `${SERVER}/core/followers.ts`, put: 'after', at: '    desk: followRequestCertificate,\n' },
      text: '    account: followRequestCertificate,\n',
    },
    {
      ...{ file: `${SERVER}/core/issuance/require-family.ts`, put: 'after', at: "  desk: ['desk'],\n" },
      text: "  account: ['machine'],\n",
    },
    {
      ...{
        file: `${SERVER}/core/deliveries/webhook-rules.ts`,
        put: 'after',
        at: '  person: { request: false, certificate: true },\n',
      },
      text: '  account: { request: true, certificate: true },\n',
    },
    {
      ...{ file: `${SERVER}/store/requests/request-rows.ts`, put: 'after', at: "  desk: ['machine', 'contact'],\n" },
      text: '  account: [],\n',
    },
  ],
  seenBy: {
    [`${SERVER}/store/keys/account-owner.test.ts`]: `import assert from 'node:assert/strict'
import { test } from 'node:test'
import { holderFor } from '../../core/keys/holder.ts'
import { holdKey } from '../../core/keys/usable-key.ts'
import { ownerMarks } from '../../core/revocation/compromise.ts'
import { eachDatabase } from '../testing/each-database.ts'
import { certificate, NOW, PRODUCTION, stage } from '../testing/samples.ts'

const account = (id: string) => ({ kind: 'account', id }) as const

eachDatabase('accounts', ({ fresh }) => {
  test('have their own certificates and keys, each apart from the others, and are marked beside a stolen one', async () => {
    const work = await fresh()
    await work.transaction(async (stores) => {
      await stage(stores)
      await stores.certificates.insert(certificate('c', { key: 'k', owner: account('a'), subjectKey: 'ws-1' }))
      const found = await stores.certificates.find(PRODUCTION, 'c')
      assert.deepEqual(found?.owner, account('a'))
      const hold = (id: string, key: string) =>
        holdKey(
          stores,
          {
            ...{ environment: 'production', key },
            holder: holderFor(account(id), { organisation: 'ours', subjectKey: 'ws-1' }),
          },
          NOW,
        )
      await hold('a', 'k')
      await assert.rejects(hold('b', 'k'), { code: 'csr_key_in_use' })
    })
    assert.deepEqual(ownerMarks(account('a')), [{ kind: 'account', value: 'a' }])
  })
})
`,
  },
}
