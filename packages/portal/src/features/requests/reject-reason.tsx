import { Textarea } from '@mantine/core'
import type { ReactNode } from 'react'
import { useText } from '../../lib/languages/index.ts'

interface RejectReasonProps {
  readonly value: string
  readonly onChange: (reason: string) => void
  readonly missing: boolean
}

/** The compulsory reason of a rejection. */
export function RejectReason({ value, onChange, missing }: RejectReasonProps): ReactNode {
  const text = useText()
  return (
    <Textarea
      label={text('request.rejectReason')}
      required
      autosize
      minRows={3}
      maxRows={10}
      maxLength={1000}
      value={value}
      data-autofocus
      error={missing ? text('request.reasonMissing') : undefined}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}
