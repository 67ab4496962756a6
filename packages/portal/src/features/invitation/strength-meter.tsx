import { Progress, Text } from '@mantine/core'
import { strengthOf } from '@scel/contract/passphrase'
import type { ReactNode } from 'react'
import { useText } from '../../lib/languages/index.ts'

const COLOURS = ['red.7', 'orange.7', 'yellow.7', 'petrol.6', 'green.7'] as const

/** How long the passphrase would hold against somebody who has the file, as a bar and in words. */
export function StrengthMeter({ passphrase }: { passphrase: string }): ReactNode {
  const text = useText()
  if (!passphrase) return null
  const strength = strengthOf(passphrase)
  return (
    <>
      <Progress
        mt={8}
        size={6}
        value={(strength + 1) * 20}
        color={COLOURS[strength]}
        aria-label={text('invitation.strength')}
      />
      <Text size="xs" c="dimmed" mt={4} role="status">
        {text('invitation.strength')} · {text(`invitation.strength.${strength}`)}
      </Text>
    </>
  )
}
