import { IconAlertTriangle, IconCircleCheck, IconInfoCircle, IconLock } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './note.module.css'

const ICONS = {
  info: IconInfoCircle,
  good: IconCircleCheck,
  notice: IconAlertTriangle,
  bad: IconAlertTriangle,
  locked: IconLock,
} as const

interface NoteProps {
  readonly tone: keyof typeof ICONS
  readonly title?: string
  /** `alert` is read out at once, `status` when there is a pause. */
  readonly role?: 'alert' | 'status'
  readonly children?: ReactNode
}

/** Something to know, beside what it is about. */
export function Note({ tone, title, role, children }: NoteProps): ReactNode {
  const Icon = ICONS[tone]
  return (
    <div className={classes.note} data-tone={tone} role={role}>
      <Icon size={20} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        {title ? <p className={classes.title}>{title}</p> : null}
        {children}
      </div>
    </div>
  )
}
