import { Stack, Text, Title } from '@mantine/core'
import { visible } from '@scel/contract/letters'
import type {
  ChainFacts,
  Reason,
  SignatureFacts,
  SignedFileFacts,
  StampFileFacts,
  TimeStampFacts,
  VerdictFacts,
} from '@scel/files/verdicts'
import type { ReactNode } from 'react'
import { Facts, Note, Tag, type Tone } from '../../ui/index.ts'
import { type Text as Say, useDates, useText, When } from '../languages/index.ts'
import { Chain } from '../parts/index.ts'
import type { Voucher } from './protocol.ts'
import { type Sentence, useWords } from './said.tsx'
import classes from './verdicts.module.css'

const VERDICTS = ['integrity', 'chain', 'identity', 'revocation'] as const
const TONES: Readonly<Record<VerdictFacts['is'], Tone>> = { good: 'good', bad: 'bad', 'not-asked': 'neutral' }

/** What every signature is worth: four verdicts in words, and the chain drawn. */
export function Verdicts({ facts, expected }: { facts: SignedFileFacts<Voucher>; expected: string }): ReactNode {
  const text = useText()
  const { valid, signatures } = facts
  const unasked = signatures.some(({ revocation }) => revocation.is === 'not-asked')
  return (
    <Stack gap="lg">
      {valid ? (
        <Note
          tone={unasked ? 'notice' : 'good'}
          role="status"
          title={text(unasked ? 'files.verdict.validButRevocation' : 'files.verdict.valid', {
            count: signatures.length,
          })}
        />
      ) : (
        <Note tone="bad" role="alert" title={text('files.verdict.invalid')}>
          <Text size="sm">{text('files.verdict.invalidText')}</Text>
        </Note>
      )}
      {signatures.map((signature, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: signatures have no identity but their place
        <Signature key={at} signature={signature} expected={expected} />
      ))}
    </Stack>
  )
}

/** What a time stamp by itself is worth for the file that it is about. */
export function StampVerdict({ facts, name }: { facts: StampFileFacts<Voucher>; name: string }): ReactNode {
  const text = useText()
  const dates = useDates()
  const reasonIn = useReasons()
  const { verdict, stamp, chain } = facts
  const reason = verdict.is === 'bad' ? reasonIn(verdict.why) : undefined
  return (
    <Stack gap="lg">
      {stamp ? (
        <Note tone="good" role="status" title={text('files.stampHolds', { name })}>
          <Text size="sm">
            {text('files.stampHoldsText', { when: dates.moment(stamp.at), by: visible(stamp.tsa.name) })}{' '}
            {chain ? vouched('stamp', chain, text) : null}
          </Text>
        </Note>
      ) : (
        <Note tone="bad" role="alert" title={text('files.stampFails', { name })}>
          <Text size="sm">
            {reason?.says} {reason?.hint}
          </Text>
        </Note>
      )}
      {chain ? <DrawnChain chain={chain} /> : null}
    </Stack>
  )
}

function Signature({ signature, expected }: { signature: SignatureFacts<Voucher>; expected: string }): ReactNode {
  const text = useText()
  const dates = useDates()
  const { signer, algorithm, signingTime, timeStamp, chain } = signature
  const verdicts = { ...signature, chain: chain.verdict }
  return (
    <Stack gap="md">
      <div>
        <Title order={3}>{signer ? visible(signer.name) : text('files.signerUnknown')}</Title>
        <Text size="sm" c="dimmed">
          {signer ? visible(signer.emails[0] ?? signer.subject) : null}
        </Text>
      </div>
      <ul className={classes.verdicts}>
        {VERDICTS.map((name) => (
          <VerdictLine key={name} name={name} verdict={verdicts[name]} good={kindly(name)} />
        ))}
        {timeStamp ? <VerdictLine name="stamp" verdict={timeStamp.verdict} {...wordsOf(timeStamp)} /> : null}
      </ul>
      <Facts
        facts={[
          {
            name: text('files.statedAt'),
            value: signingTime ? text('files.statedHelp', { when: dates.moment(signingTime) }) : null,
          },
          { name: text('files.judgedAt'), value: <When at={chain.at} /> },
          { name: text('files.algorithm'), value: algorithm },
        ]}
      />
      <DrawnChain chain={chain} />
    </Stack>
  )

  function kindly(name: (typeof VERDICTS)[number]): string {
    const { is } = verdicts[name]
    if (name === 'identity') {
      return is === 'good'
        ? text('files.verdict.identity.good', { email: expected })
        : text('files.verdict.identity.not-asked')
    }
    if (name === 'chain') return vouched('chain', chain, text)
    if (name === 'revocation' && is === 'not-asked') return text('files.verdict.revocation.not-asked')
    return text(`files.verdict.${name}.good`)
  }

  /** What a stamp says of itself is told also when it does not hold. */
  function wordsOf({ at, tsa, chain }: TimeStampFacts<Voucher>): { good: string; besides?: string } {
    if (at === undefined) return { good: '' }
    const values = { when: dates.moment(at), by: visible(tsa?.name ?? '') }
    const good = [text('files.verdict.stamp.good', values), ...(chain ? [vouched('stamp', chain, text)] : [])]
    return { good: good.join(' '), besides: text('files.verdict.stamp.bad', values) }
  }
}

/** By whose word a chain holds: the desk's, or that of a root that the person brought. */
const vouched = (of: 'chain' | 'stamp', { steps: [root], vouchedBy }: ChainFacts<Voucher>, text: Say): string =>
  vouchedBy.length > 0 || !root
    ? text(`files.vouched.${of}.desk`)
    : text(`files.vouched.${of}.brought`, { name: visible(root.name) })

/** The leaf first, as the drawing wants it. */
function DrawnChain({ chain: { steps } }: { chain: ChainFacts<Voucher> }): ReactNode {
  const text = useText()
  if (steps.length === 0) return null
  const links = steps.toReversed().map(({ name, fingerprint, spec, key, notAfter }) => ({
    ...{ name: visible(name), fingerprint, key: spec ?? key.name, notAfter },
  }))
  return <Chain label={text('files.chainDrawn')} links={links} />
}

function useReasons(): (why: Reason) => Sentence {
  const words = useWords()
  return (why) => words({ ...why, of: 'library' })
}

interface VerdictLineProps {
  readonly name: (typeof VERDICTS)[number] | 'stamp'
  readonly verdict: VerdictFacts
  /** What is said when there is nothing to object to. */
  readonly good: string
  /** What is added when it does not hold. */
  readonly besides?: string
}

function VerdictLine({ name, verdict, good, besides }: VerdictLineProps): ReactNode {
  const text = useText()
  const reasonIn = useReasons()
  const reason = verdict.is === 'bad' ? reasonIn(verdict.why) : undefined
  return (
    <li>
      <Text size="sm" fw={600}>
        {text(`files.verdict.${name}`)}
      </Text>
      <div className={classes.what}>
        <Text size="sm">{reason ? reason.says : good}</Text>
        {reason ? (
          <Text size="xs" c="dimmed">
            {reason.hint} {besides}
          </Text>
        ) : null}
      </div>
      <Tag tone={TONES[verdict.is]}>{text(`files.is.${verdict.is}`)}</Tag>
    </li>
  )
}
