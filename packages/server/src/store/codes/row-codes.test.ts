import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasDeskCode } from '@scel/contract/errors'
import type { Intent } from '../../core/issuance/intent.ts'
import { activeAdministrators } from '../../core/people/administrators.ts'
import type { ForgedRow } from '../../core/row-codes.ts'
import type { Database } from '../opening/open-database.ts'
import { type OpenWork, openWork } from '../opening/open-work.ts'
import { ask } from '../testing/ask.ts'
import { eachDatabase } from '../testing/each-database.ts'
import { SAMPLE_CODES } from '../testing/sample-codes.ts'
import { openSample } from '../testing/sample-work.ts'
import * as sample from '../testing/samples.ts'
import { CODED, type CodedTable } from './coded-columns.ts'
import { codedRows, textOf } from './coded-rows.ts'

const TABLES = Object.keys(CODED) as CodedTable[]
const { NOW, PRODUCTION, OURS, day } = sample

const intent: Intent = {
  id: 'intent',
  environment: 'production',
  authority: 'root',
  signerKey: 'production-root',
  certificate: 'an authority',
  tbs: new Uint8Array([0x30, 0x00]),
  purpose: { kind: 'authority', purpose: 'machines' },
  subjectKeyId: 'production-machines',
  createdAt: NOW,
}

/** What the rules would see of each row of `fill`, by the ways in which it makes somebody act. */
const uses: Readonly<Record<CodedTable, (work: OpenWork) => Promise<unknown>>> = {
  organisation: (work) => work.read(({ organisations }) => organisations.find(PRODUCTION, 'ours')),
  service: (work) =>
    work.read(
      async ({ services }) =>
        (await services.find(PRODUCTION, 'mail')) ??
        (await services.of(PRODUCTION, 'ours'))[0] ??
        services.findByName(PRODUCTION, 'ours', 'mail'),
    ),
  person: (work) =>
    work.read(
      async (stores) =>
        (await stores.people.find(PRODUCTION, 'eve')) ??
        (await activeAdministrators(stores, 'production', NOW).catch(() => [])).length > 1,
    ),
  person_grant: (work) =>
    work.read(
      async (stores) =>
        (await stores.grants.find(PRODUCTION, 'hers')) ??
        (await stores.grants.of(PRODUCTION, 'eve'))[0] ??
        (await stores.grants.ofAll(PRODUCTION, ['eve']))[0] ??
        (await stores.grants.administrators(PRODUCTION)).grants.find(({ person }) => person === 'eve') ??
        (await activeAdministrators(stores, 'production', NOW).catch(() => [])).length > 1,
    ),
  invitation: (work) => work.read(({ invitations }) => invitations.findByHash('link')),
  session: (work) => work.read(({ sessions }) => sessions.findByToken('hash of session')),
  credential: (work) =>
    work.read(({ credentials }) => credentials.findByHandle(PRODUCTION, 'certificate', 'handle of way')),
  inventory: (work) => work.read(({ credentials }) => credentials.find(PRODUCTION, 'hers too')),
  kit: (work) => work.read(({ kits }) => kits.findForApplicant('kit')),
  authority: (work) =>
    work.read(async (stores) => (await stores.authorities.all()).find(({ id }) => id === 'machines')),
  intent: async (work) => (await work.read(({ intents }) => intents.open()))[0],
  setting: (work) => work.read(({ settings }) => settings.get('nonce-key')),
  crl: (work) => work.read(({ crls }) => crls.newest('machines')),
  delivery: (work) =>
    work.transaction(({ deliveries }) => deliveries.claim({ channel: 'webhook', environment: 'production' }, 0, 1_000)),
}
const IDS: Readonly<Record<CodedTable, string>> = {
  ...{ organisation: 'ours', person: 'eve', person_grant: 'hers', invitation: 'link', credential: 'way' },
  ...{ session: 'session', kit: 'kit', authority: 'machines', intent: 'intent', setting: 'nonce-key' },
  crl: 'machines 1',
  inventory: 'credentials ada',
  service: 'mail',
  delivery: `webhook request.approved.1.${Date.parse(NOW)}`,
}

const fill = (work: OpenWork): Promise<void> =>
  work.transaction(async (stores) => {
    await sample.stage(stores)
    await stores.services.insert(sample.service('mail', 'ours'))
    await stores.people.insert(sample.person('eve'))
    await stores.grants.insert(sample.grant('hers', 'eve', { until: day(9) }))
    await stores.invitations.insert(sample.invitation('link', 'eve'))
    await stores.credentials.insert(sample.credential('way', 'eve'))
    await stores.credentials.insert(sample.credential('hers too', 'ada', { certificate: 'hers too' }))
    await stores.sessions.insert(sample.session('session', 'eve'))
    await stores.intents.insert(intent)
    await stores.settings.set('nonce-key', 'this desk')
    const facts = { number: 1, thisUpdate: NOW, nextUpdate: day(7), entries: 0, covers: 0 }
    await stores.crls.insert({ authority: 'machines', ...facts, der: new Uint8Array([0x30, 0x00]) })
    await stores.deliveries.append({
      ...{
        ...PRODUCTION,
        channel: 'webhook',
        id: IDS.delivery.split(' ')[1]!,
        organisation: 'ours',
        what: '{}',
        at: NOW,
      },
      ...{ to: { kind: 'person', id: 'ada' }, until: day(1) },
    })
  })

const at = (table: CodedTable): string =>
  CODED[table].key
    .map((column, place, { length }) => `${column} = '${length === 1 ? IDS[table] : IDS[table].split(' ')[place]}'`)
    .join(' AND ')

eachDatabase('row codes', ({ prepared, engine }) => {
  interface Filled {
    readonly database: Database
    readonly work: OpenWork
    readonly forged: ForgedRow[]
  }
  const filled = async (run: (filled: Filled) => Promise<void>): Promise<void> => {
    const database = await prepared()
    const forged: ForgedRow[] = []
    const work = await openSample(database, (row) => forged.push(row))
    try {
      await fill(work)
      await ask(database, engine === 'sqlite' ? 'DROP TRIGGER crl_stays' : 'ALTER TABLE crl DISABLE TRIGGER USER')
      await run({ database, work, forged })
    } finally {
      await work.close()
    }
  }

  test('every column of a table that makes somebody act is covered by its code, or left out on purpose', async () => {
    await filled(async ({ database }) => {
      for (const table of TABLES) {
        const columns = await ask(
          database,
          engine === 'sqlite'
            ? `SELECT name FROM pragma_table_info('${table}')`
            : `SELECT column_name AS name FROM information_schema.columns WHERE table_name = '${table}'`,
        )
        const { covered, open } = CODED[table]
        assert.deepEqual(columns.map(({ name }) => name).sort(), [...covered, ...open].sort(), table)
      }
    })
  })

  test('rows as the desk wrote them are used', async () => {
    await filled(async ({ work, forged }) => {
      for (const table of TABLES) assert.ok(await uses[table](work), table)
      assert.deepEqual(forged, [])
    })
  })

  test('a planted row (H3): without a code, or with one that was made up, it is not there for anybody, and is told of', async () => {
    await filled(async ({ database, work, forged }) => {
      for (const table of TABLES) {
        for (const code of ['NULL', "''", `'${'A'.repeat(43)}'`]) {
          forged.length = 0
          await ask(database, `UPDATE ${table} SET row_code = ${code} WHERE ${at(table)}`)
          assert.ok(!(await uses[table](work)), `${table} ${code}`)
          const environment = ['setting', 'crl'].includes(table) ? {} : { environment: 'production' }
          assert.deepEqual(forged[0], { table, id: IDS[table], ...environment })
        }
      }
    })
  })

  test('a code that is moved to another row, or stays with a row that was changed, opens nothing', async () => {
    await filled(async ({ database, work }) => {
      await work.transaction((stores) => stores.sessions.insert(sample.session('hers', 'ada')))
      const moved = "(SELECT row_code FROM session WHERE id = 'hers')"
      await ask(database, `UPDATE session SET row_code = ${moved} WHERE id = 'session'`)
      assert.equal(await uses.session(work), undefined)
      const changes: readonly (readonly [CodedTable, string])[] = [
        ['person', "state = 'invited'"],
        ['person_grant', "role = 'auditor'"],
        ['person_grant', 'until = NULL'],
        ['person_grant', "place_kind = 'organisation', place_id = 'ours'"],
        ['person_grant', "place_kind = 'service', place_id = 'mail', place_organisation = 'ours'"],
        ['authority', "environment = 'test'"],
        ['kit', 'standing_approval = 1'],
        ['kit', "service = 'mail'"],
        ['kit', 'uses_allowed = 1000000000'],
        ['invitation', `expires_at = '${day(300)}'`],
        ['authority', "key_id = 'production-root'"],
        ['intent', "signer_key = 'test-root'"],
        ['organisation', "name = 'Somebody else'"],
        ['setting', "value = 'another desk'"],
        ['crl', 'number = 2'],
        ['service', "name = 'another'"],
      ]
      for (const [table, change] of changes) {
        await ask(database, `UPDATE ${table} SET ${change} WHERE ${at(table)}`)
        assert.ok(!(await uses[table](work)), change)
      }
    })
  })

  test('a forged row is not made genuine by what the desk writes into it', async () => {
    await filled(async ({ database, work }) => {
      for (const table of ['kit', 'session', 'invitation'] as const) {
        await ask(database, `UPDATE ${table} SET row_code = NULL WHERE ${at(table)}`)
      }
      await work.transaction(async ({ kits, sessions, invitations }) => {
        await kits.countUse(OURS, 'kit')
        await kits.withdraw(OURS, 'kit', NOW)
        await sessions.touch(PRODUCTION, 'session', day(0.1))
        await sessions.end(PRODUCTION, 'session', NOW, 'ended')
        await sessions.endOfPerson(PRODUCTION, 'eve', NOW, 'ended')
        await invitations.spend(PRODUCTION, 'link', { at: NOW, for: 'k', made: 'c' })
      })
      for (const table of ['kit', 'session', 'invitation'] as const) assert.ok(!(await uses[table](work)), table)
    })
  })

  test('a planted administrator is in no list, and one planted row leaves the others as they are', async () => {
    await filled(async ({ database, work }) => {
      const query = { now: NOW }
      await ask(database, "UPDATE person SET row_code = 'x' WHERE id = 'eve'")
      await ask(database, "UPDATE authority SET row_code = NULL WHERE id = 'machines'")
      await ask(database, "UPDATE kit SET row_code = NULL WHERE id = 'kit'")
      await ask(database, "UPDATE organisation SET row_code = NULL WHERE id = 'theirs'")
      const seen = await work.read(async (stores) => ({
        people: (await stores.people.page(PRODUCTION, query)).items,
        email: [await stores.people.findInvited(PRODUCTION, 'eve@example.org')].filter((one) => one !== undefined),
        kits: (await stores.kits.page(PRODUCTION, query)).items,
        organisations: (await stores.organisations.page(PRODUCTION, query)).items,
        authorities: await stores.authorities.list(PRODUCTION),
      }))
      assert.deepEqual(
        Object.values(seen).map((items) => items.map(({ id }) => id)),
        [['ada'], [], ['their kit'], ['ours'], ['root']],
      )
    })
  })

  test('a setting that somebody else wrote is not written over', async () => {
    await filled(async ({ database, work }) => {
      await ask(database, "UPDATE setting SET row_code = NULL WHERE key = 'nonce-key'")
      await assert.rejects(
        work.transaction(({ settings }) => settings.set('nonce-key', 'mine')),
        (error: unknown) => hasDeskCode(error, 'keys_of_another_desk'),
      )
      const [row] = await ask(database, "SELECT value FROM setting WHERE key = 'nonce-key'")
      assert.equal(row!.value, 'this desk')
    })
  })

  test('what is but memory is written over, whoever wrote it', async () => {
    await filled(async ({ database, work }) => {
      await ask(database, "UPDATE setting SET row_code = NULL WHERE key = 'nonce-key'")
      await work.transaction(({ settings }) => settings.overwrite('nonce-key', 'mine'))
      assert.equal(await work.read(({ settings }) => settings.get('nonce-key')), 'mine')
    })
  })

  test('a database under another key has nothing that this one would use', async () => {
    await filled(async ({ database }) => {
      const other = await openWork(database, { codeOf: (text) => SAMPLE_CODES.codeOf(`${text} `) })
      try {
        for (const table of TABLES) assert.ok(!(await uses[table](other)), table)
      } finally {
        await other.close()
      }
    })
  })

  test('a text with half a character is stored and found again', async () => {
    await filled(async ({ work }) => {
      await work.transaction(({ settings }) => settings.set('half', 'a\ud800b'))
      assert.equal(await work.read(({ settings }) => settings.get('half')), 'a\ufffdb')
    })
  })
})

test('no two rows have one text: each column counts, and what is bytes is not what is text', () => {
  for (const table of TABLES) {
    const row = Object.fromEntries(CODED[table].covered.map((column) => [column, `value of ${column}`]))
    const texts = [textOf(table, row as never)]
    for (const column of CODED[table].covered) {
      for (const value of ['', null, 7, '7', new Uint8Array([55])]) {
        texts.push(textOf(table, { ...row, [column]: value } as never))
      }
    }
    assert.equal(new Set(texts).size, texts.length, table)
    const column = String(CODED[table].covered[0])
    const without = (value: unknown) => textOf(table, { ...row, [column]: value } as never)
    assert.equal(without(undefined), without(null), 'a row that is written leaves out what is null when it is read')
  }
  assert.throws(() => textOf('setting', { key: 'one', value: true }), /boolean/)
})

test('a column that came later says nothing where it is empty: the text of a row from before is what it was, and every other says it', () => {
  const row = { key: 'one', value: 'two' }
  const more = ['third', 'fourth']
  const coding = { ...CODED.setting, covered: [...CODED.setting.covered, ...more], later: more } as never
  const text = (added: object): string => textOf('setting', { ...row, ...added }, coding)
  for (const empty of [{}, { third: null }, { fourth: undefined, third: null }])
    assert.equal(text(empty), textOf('setting', row))
  const others = [
    { third: '' },
    { third: 'fourth' },
    { third: 'a' },
    { fourth: 'a' },
    { third: 'a', fourth: 'a' },
    { third: 0 },
  ]
  assert.equal(new Set([{}, ...others].map(text)).size, others.length + 1)
})

test('a code of another length is no code', () => {
  const coded = codedRows(SAMPLE_CODES, () => {})
  const row = coded.sealed('setting', { key: 'one', value: 'two' })
  assert.ok(coded.genuine('setting', row))
  assert.equal(coded.genuine('setting', { ...row, row_code: row.row_code.slice(1) }), undefined)
})
