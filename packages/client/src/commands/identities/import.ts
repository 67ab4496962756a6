import { calledBy, type OrderedChain, orderChain } from '@scel/files/certificates'
import { type Certificate, formatName, parseCertificate } from '@scel/pki/x509'
import { type Adopted, adopt } from '../../acts/adopt.ts'
import { isCliError, stop } from '../../ui/cli-error.ts'
import { EXIT, type ExitCode } from '../../ui/exit-code.ts'
import { plain } from '../../ui/plain.ts'
import { pairs } from '../../ui/table.ts'
import type { Command } from '../input/command.ts'
import type { Given } from '../input/given.ts'
import type { Keys } from '../input/keys.ts'
import { itemsIn } from '../input/material.ts'
import { PKCS12_OPTIONS } from '../input/open-pkcs12.ts'
import { PASSPHRASE_OPTION } from '../input/passphrase.ts'
import type { State } from '../input/session.ts'
import type { Shell } from '../input/shell.ts'
import { type IdentityFacts, identityFacts, untilText, usesText } from './identity-facts.ts'
import { materialIn } from './material-in.ts'

/** `scel import`: a key that was made elsewhere, with its certificate, into a store of this machine. */
export const importCommand: Command = {
  arguments: [{ name: 'value_file', help: 'import_file', required: true }],
  options: [
    { name: 'key', help: 'import_key', value: 'value_key_file' },
    { name: 'chain', help: 'import_chain', value: 'value_file', many: true },
    { name: 'store', help: 'import_store', value: 'value_store' },
    { name: 'machine', help: 'import_machine' },
    { name: 'replace', help: 'import_replace' },
    PASSPHRASE_OPTION,
    ...PKCS12_OPTIONS,
  ],
  run: runImport,
}

async function runImport(session: Shell & State & Keys, given: Given): Promise<ExitCode> {
  const { voice } = session
  const file = given.argument(0) ?? stop('argument_missing', { argument: 'FILE' })
  const key = given.text('key')
  const brought = await itemsIn(session, given, [file]).catch((error: unknown) => {
    if (isCliError(error) && error.code === 'nothing_to_use') return stop('import_nothing', { file })
    throw error
  })
  const more = await itemsIn(session, given, [...(key === undefined ? [] : [key]), ...given.list('chain')])
  const items = [...brought, ...more]
  const materials = await materialIn(file, items)
  session.checkpoint()
  const adopted = await adopt(session, {
    scope: given.flag('machine') ? 'machine' : 'user',
    store: given.text('store'),
    materials,
    replace: given.flag('replace'),
  })
  const records = await session.desks.records()
  const told = await Promise.all(
    adopted.map(async ({ store, identity, changed, elsewhere }, index) => {
      const material = materials[index]!
      const certified = { ...identity, certificate: material.certificate }
      const facts = await identityFacts(store, certified, records, session.now())
      const above = [...identity.chain, ...(identity.root ? [identity.root] : [])].map(parseCertificate)
      const kept = await orderChain(parseCertificate(certified.certificate), above)
      return { facts, changed, elsewhere, kept, brought: material.ordered }
    }),
  )
  voice.result({ identities: told.map((one) => documentOf(one)) }, () =>
    told.flatMap((one, index) => [...(index > 0 ? [''] : []), ...linesOf(one, session)]),
  )
  for (const one of told) sayMore(one, session)
  return EXIT.done
}

interface Told extends Pick<Adopted, 'changed' | 'elsewhere'> {
  readonly facts: IdentityFacts
  /** What stands above it in the store, which may know more than the file. */
  readonly kept: OrderedChain
  readonly brought: OrderedChain
}

const documentOf = ({ facts, changed, elsewhere, kept: { chain, root, missing }, brought }: Told): object => ({
  ...{ changed, ...facts, elsewhere },
  chain: {
    authorities: chain.map(({ subject }) => formatName(subject, 'rfc4514')),
    ...(root && { root: formatName(root.subject, 'rfc4514') }),
    ...(missing && { missing: formatName(missing, 'rfc4514') }),
    inOrder: brought.inOrder,
    strangers: brought.strangers.map(({ subject }) => formatName(subject, 'rfc4514')),
  },
})

function linesOf({ facts, changed, kept: { chain, root } }: Told, { voice }: Shell): string[] {
  const above = [...chain, ...(root ? [root] : [])].map(nameOf)
  const title = changed
    ? voice.plain('import_done', { name: facts.name })
    : voice.plain('import_again', { name: facts.name })
  return [
    title,
    ...pairs([
      [voice.text('label_issuer'), facts.issuerName],
      [voice.text('label_valid_until'), untilText(facts, voice)],
      [voice.text('label_for'), usesText(facts.uses, voice)],
      [voice.text('label_chain'), above.join(' ← ') || '—'],
      [voice.text('label_fingerprint'), facts.fingerprint],
      [voice.text('label_store'), facts.store],
      [voice.text('label_place'), facts.place],
    ]).map((line) => `  ${line}`),
  ]
}

/** What is not as it should be, or is worth knowing. */
function sayMore({ facts, elsewhere, kept: { chain, missing }, brought }: Told, { voice }: Shell): void {
  const { inOrder, strangers } = brought
  if (!inOrder) voice.say('import_reordered')
  if (missing && chain.length === 0) voice.say('import_chain_missing', { issuer: facts.issuerName })
  else if (missing) voice.say('import_chain_ends', { last: nameOf(chain.at(-1)!), issuer: calledBy(missing) })
  if (strangers.length > 0)
    voice.say('import_strangers', { count: strangers.length, names: some(strangers.map(nameOf)).join(', ') })
  if (elsewhere.length > 0) voice.say('import_elsewhere', { places: elsewhere.join(', ') })
}

const nameOf = ({ subject, serialHex }: Certificate): string => plain(calledBy(subject) || serialHex)
const some = (names: readonly string[]): readonly string[] =>
  names.length > MOST ? [...names.slice(0, MOST), '…'] : names
const MOST = 5
