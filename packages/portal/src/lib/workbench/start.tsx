import { Button, Stack, Text, Tooltip } from '@mantine/core'
import { type ReactNode, useState } from 'react'

interface StartProps {
  readonly label: string
  readonly tooltip: string
  readonly icon: ReactNode
  readonly disabled: boolean
  /** What is missing still, in words; said when it is tried, not before. */
  readonly missing: string | undefined
  readonly onStart: () => void
}

/** The button that begins, and why it does not. */
export function Start({ label, tooltip, icon, disabled, missing, onStart }: StartProps): ReactNode {
  const [tried, setTried] = useState(false)
  return (
    <Stack gap={6}>
      <Tooltip label={tooltip}>
        <Button
          size="md"
          w="fit-content"
          leftSection={icon}
          disabled={disabled}
          onClick={() => {
            setTried(missing !== undefined)
            if (missing === undefined) onStart()
          }}
        >
          {label}
        </Button>
      </Tooltip>
      <Text size="sm" c="var(--mantine-color-error)" role="alert">
        {tried && missing ? missing : ''}
      </Text>
    </Stack>
  )
}
