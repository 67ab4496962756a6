import { Button, Group, Tooltip } from '@mantine/core'
import type { Right } from '@scel/contract/values'
import type { ReactNode } from 'react'
import { useIsTooWeakFor } from '../desk/index.ts'
import { useText } from '../languages/index.ts'
import { ButtonLink } from './links.tsx'
import { TooWeak } from './too-weak.tsx'

interface Props {
  /** The right that sending uses. */
  readonly needs: Right
  /** The list that one goes back to. */
  readonly back: '/requests' | '/organisations' | '/kits' | '/people'
  /** What happens when the form is sent. */
  readonly tooltip: string
  readonly icon: ReactNode
  readonly loading: boolean
  /** The words on the button that sends. */
  readonly children: string
}

/** The end of a form: leave it, or send it. */
export function FormActions({ needs, back, tooltip, icon, loading, children }: Props): ReactNode {
  const text = useText()
  const weak = useIsTooWeakFor(needs)
  return (
    <>
      <TooWeak needs={needs} />
      <Group justify="flex-end" gap="xs">
        <Tooltip label={text('do.leaveTooltip')}>
          <ButtonLink to={back} variant="default">
            {text('do.cancel')}
          </ButtonLink>
        </Tooltip>
        <Tooltip label={tooltip}>
          <Button type="submit" loading={loading} disabled={weak} leftSection={icon}>
            {children}
          </Button>
        </Tooltip>
      </Group>
    </>
  )
}
