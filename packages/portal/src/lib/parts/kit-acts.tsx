import { endStandingApproval, rejectRequestsOfKit } from '@scel/contract/routes'
import { IconBolt, IconInboxOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { call } from '../desk/index.ts'
import { useText } from '../languages/index.ts'
import { Ask } from './ask.tsx'

/** Ends a kit's standing approval: its requests wait for a person from now on. */
export function EndStanding({ id, name }: { id: string; name: string }): ReactNode {
  const text = useText()
  return (
    <Ask
      needs="end_standing_approvals"
      label={text('kits.endStanding')}
      tooltip={text('kits.endStandingTooltip')}
      icon={<IconBolt size={16} aria-hidden />}
      title={text('kits.endStandingTitle', { name })}
      text={text('kits.endStandingText')}
      confirm={text('kits.endStanding')}
      danger
      act={() => call(endStandingApproval, { params: { id } })}
      done={() => text('kits.standingEnded', { name })}
    />
  )
}

/** Rejects all that a kit asked for and nobody decided. */
export function RejectAll({ id, name, pending }: { id: string; name: string; pending: number }): ReactNode {
  const text = useText()
  return (
    <Ask
      needs="decide_requests"
      label={text('kits.rejectAll', { count: pending })}
      tooltip={text('kits.rejectAllTooltip')}
      icon={<IconInboxOff size={16} aria-hidden />}
      title={text('kits.rejectAllTitle', { name, count: pending })}
      text={text('kits.rejectAllText')}
      confirm={text('kits.rejectAllConfirm', { count: pending })}
      danger
      reason={text('request.rejectReason')}
      act={(reason) => call(rejectRequestsOfKit, { params: { id }, body: { reason } })}
      done={(answer) => text('kits.rejectedAll', answer)}
    />
  )
}
