import { Anchor, Button, Group, Stack, Text, Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'
import { Note } from '../../ui/index.ts'
import { isRefusal } from '../desk/index.ts'
import { useText } from '../languages/index.ts'

interface Said {
  readonly says: string
  readonly hint: string
  readonly code?: string
  readonly address?: string
}

/** What went wrong in words, what to do, and the permanent code. The desk's own sentences where there are some. */
function useSaid(): (error: unknown) => Said {
  const text = useText()
  return (error) => {
    if (isRefusal(error) && error.problem) {
      const { detail, hint, code, type } = error.problem
      return { says: detail, hint, code, address: type }
    }
    if (isRefusal(error) && error.code === 'desk_unreachable') {
      return { says: text('error.unreachable'), hint: text('error.unreachableHint') }
    }
    if (isRefusal(error) && error.code === 'answer_lost') {
      return { says: text('error.answerLost'), hint: text('error.answerLostHint') }
    }
    if (isRefusal(error) && error.code === 'answer_lost_once') {
      return { says: text('error.answerLost'), hint: text('error.answerLostOnceHint') }
    }
    if (isRefusal(error)) return { says: text('error.unreadable'), hint: text('error.unreadableHint') }
    const what = error instanceof Error ? error.message : String(error)
    return { says: text('error.unexpected', { what }), hint: text('error.unexpectedHint') }
  }
}

/** An error beside what it is about. Nothing is shown while there is none. */
export function RefusalNote(props: { error: unknown; title?: string; again?: () => void }): ReactNode {
  const text = useText()
  const said = useSaid()
  if (!props.error) return null
  const { says, hint, code, address } = said(props.error)
  return (
    <Note tone="bad" role="alert" title={props.title ?? says}>
      <Stack gap={6}>
        {props.title ? <Text size="sm">{says}</Text> : null}
        <Text size="sm">{hint}</Text>
        <Group gap="md" align="center">
          {props.again ? (
            <Tooltip label={text('do.tryAgainTooltip')}>
              <Button size="compact-sm" variant="default" onClick={props.again}>
                {text('do.tryAgain')}
              </Button>
            </Tooltip>
          ) : null}
          {code ? <CodeLink code={code} address={address} /> : null}
        </Group>
      </Stack>
    </Note>
  )
}

function CodeLink({ code, address }: { code: string; address: string | undefined }): ReactNode {
  const text = useText()
  const label = `${text('error.code')}: ${code}`
  const shown = (
    <Text span ff="monospace" size="xs">
      {code}
    </Text>
  )
  // Only a web address is a link: a problem type may also be a bare URI.
  if (!address || !/^(https?:\/\/|\/)/.test(address)) return <span title={text('error.code')}>{shown}</span>
  return (
    <Anchor href={address} target="_blank" rel="noreferrer" title={label} underline="always" c="inherit">
      {shown}
    </Anchor>
  )
}
