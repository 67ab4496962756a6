import { liftApplicant } from '@scel/contract/routes'
import type { BlockedApplicant } from '@scel/contract/values'
import { IconLockOpen } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { call } from '../desk/index.ts'
import { useText } from '../languages/index.ts'
import { Ask } from './ask.tsx'

/** Lets a blocked applicant key ask again. */
export function LiftBlock({ applicant, mark }: BlockedApplicant): ReactNode {
  const text = useText()
  return (
    <Ask
      needs="block_keys"
      label={text('request.lift')}
      tooltip={text('request.liftTooltip')}
      icon={<IconLockOpen size={16} aria-hidden />}
      title={text('request.liftTitle')}
      text={text('request.liftText')}
      confirm={text('request.lift')}
      act={() => call(liftApplicant, { params: { applicant }, body: { mark } })}
      done={() => text('request.lifted')}
    />
  )
}
