import { Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { Facts, Note, Tag, type Tone } from '../../ui/index.ts'
import { useDates, useText, When } from '../languages/index.ts'
import { Chain } from '../parts/index.ts'
import type { Said, SignerFacts, Stamp, Verified } from './protocol.ts'
import { useWords } from './said.tsx'
import classes from './verdicts.module.css'

const VERDICTS = ['integrity', 'chain', 'identity', 'revocation'] as const
const TONES: Readonly<Record<Said['is'], Tone>> = { good: 'good', bad: 'bad', 'not-asked': 'neutral' }

/** What every signature is worth: four verdicts in words, and the chain drawn. */
export function Verdicts({ verified, expected }: { verified: Verified; expected: string }): ReactNode {
  const text = useText()
  const { valid, signers } = verified
  const unasked = signers.some(({ revocation }) => revocation.is === 'not-asked')
  return (
    <Stack gap="lg">
      {valid ? (
        <Note
          tone={unasked ? 'notice' : 'good'}
          role="status"
          title={text(unasked ? 'files.verdict.validButRevocation' : 'files.verdict.valid', { count: signers.length })}
        />
      ) : (
        <Note tone="bad" role="alert" title={text('files.verdict.invalid')}>
          <Text size="sm">{text('files.verdict.invalidText')}</Text>
        </Note>
      )}
      {signers.map((signer, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: signers have no identity but their place
        <Signer key={at} signer={signer} expected={expected} />
      ))}
    </Stack>
  )
}

function Signer({ signer, expected }: { signer: SignerFacts; expected: string }): ReactNode {
  const text = useText()
  const dates = useDates()
  const { card, algorithm, statedAt, stamp, judgedAt, links } = signer
  return (
    <Stack gap="md">
      <div>
        <Title order={3}>{card?.name ?? text('files.signerUnknown')}</Title>
        <Text size="sm" c="dimmed">
          {card?.email ?? card?.subject}
        </Text>
      </div>
      <ul className={classes.verdicts}>
        {VERDICTS.map((name) => (
          <VerdictLine key={name} name={name} said={signer[name]} good={kindly(name)} />
        ))}
        {stamp ? <VerdictLine name="stamp" said={stamp.said} {...wordsOf(stamp)} /> : null}
      </ul>
      <Facts
        facts={[
          {
            name: text('files.statedAt'),
            value: statedAt ? text('files.statedHelp', { when: dates.moment(statedAt) }) : null,
          },
          { name: text('files.judgedAt'), value: <When at={judgedAt} /> },
          { name: text('files.algorithm'), value: algorithm },
        ]}
      />
      {links.length > 0 ? <Chain label={text('files.chainDrawn')} links={links} /> : null}
    </Stack>
  )

  function kindly(name: (typeof VERDICTS)[number]): string {
    const { is } = signer[name]
    if (name === 'identity') {
      return is === 'good'
        ? text('files.verdict.identity.good', { email: expected })
        : text('files.verdict.identity.not-asked')
    }
    if (name === 'revocation' && is === 'not-asked') return text('files.verdict.revocation.not-asked')
    return text(`files.verdict.${name}.good`)
  }

  /** What a stamp says of itself is told also when it does not hold. */
  function wordsOf({ at, by = '' }: Stamp): { good: string; besides?: string } {
    if (at === undefined) return { good: '' }
    const values = { when: dates.moment(at), by }
    return { good: text('files.verdict.stamp.good', values), besides: text('files.verdict.stamp.bad', values) }
  }
}

interface VerdictLineProps {
  readonly name: (typeof VERDICTS)[number] | 'stamp'
  readonly said: Said
  /** What is said when there is nothing to object to. */
  readonly good: string
  /** What is added when it does not hold. */
  readonly besides?: string
}

function VerdictLine({ name, said, good, besides }: VerdictLineProps): ReactNode {
  const text = useText()
  const words = useWords()
  return (
    <li>
      <Text size="sm" fw={600}>
        {text(`files.verdict.${name}`)}
      </Text>
      <div className={classes.what}>
        <Text size="sm">{said.is === 'bad' ? words(said.why).says : good}</Text>
        {said.is === 'bad' ? (
          <Text size="xs" c="dimmed">
            {words(said.why).hint} {besides}
          </Text>
        ) : null}
      </div>
      <Tag tone={TONES[said.is]}>{text(`files.is.${said.is}`)}</Tag>
    </li>
  )
}
