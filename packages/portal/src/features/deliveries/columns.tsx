import { Text } from '@mantine/core'
import type { Delivery, DeliveryState } from '@scel/contract/values'
import type { ReactNode } from 'react'
import { type Text as Say, told, When } from '../../lib/languages/index.ts'
import { PageLink } from '../../lib/parts/index.ts'
import { type Column, Tag, type Tone } from '../../ui/index.ts'
import { knownEvent, maySendAgain, nameOf } from './model.ts'
import { Resend } from './resend.tsx'

const TONES: Readonly<Record<DeliveryState, Tone>> = { due: 'notice', done: 'good', 'given-up': 'bad' }

/** @param resends whether the person may send again what was not taken */
export function columnsOf(text: Say, resends: boolean): readonly Column<Delivery>[] {
  const again: Column<Delivery> = {
    key: 'actions',
    header: text('do.actions'),
    silent: true,
    still: true,
    narrow: 'foot',
    cell: (delivery) => (maySendAgain(delivery) ? <Resend delivery={delivery} /> : null),
  }
  return [
    {
      key: 'event',
      header: text('deliveries.event'),
      narrow: 'heading',
      wide: true,
      cell: ({ event, about, at }) => (
        <>
          {SUBJECTS[about.kind](about.id, eventIn(text, event, about))}
          <Moment at={at} />
        </>
      ),
    },
    {
      key: 'state',
      header: text('deliveries.state'),
      narrow: 'corner',
      still: true,
      cell: ({ state }) => <Tag tone={TONES[state]}>{text(`deliveries.state.${state}`)}</Tag>,
    },
    {
      key: 'channel',
      header: text('deliveries.channel'),
      still: true,
      cell: ({ channel, to }) => (
        <>
          {text(`deliveries.channel.${channel}`)}
          {to && (
            <Note>
              {text(`deliveries.to.${to.kind}`, { name: to.name === undefined ? to.id : told(text, to.name) })}
            </Note>
          )}
        </>
      ),
    },
    { key: 'attempts', header: text('deliveries.attempts'), still: true, cell: ({ attempts }) => attempts },
    {
      key: 'answer',
      header: text('deliveries.answer'),
      cell: ({ answer }) => (answer ? <LastAnswer text={text} answer={answer} /> : text('deliveries.noAnswer')),
    },
    {
      key: 'next',
      header: text('deliveries.next'),
      still: true,
      cell: ({ next }) => (next === undefined ? null : <When at={next} />),
    },
    ...(resends ? [again] : []),
  ]
}

/** The page of what a message is about, under its words. */
const SUBJECTS: Readonly<Record<Delivery['about']['kind'], (id: string, words: string) => ReactNode>> = {
  request: (number, words) => (
    <PageLink to="/requests/$number" params={{ number }} size="sm">
      {words}
    </PageLink>
  ),
  certificate: (id, words) => (
    <PageLink to="/certificates/$id" params={{ id }} size="sm">
      {words}
    </PageLink>
  ),
  person: (id, words) => (
    <PageLink to="/people/$id" params={{ id }} size="sm">
      {words}
    </PageLink>
  ),
}

function eventIn(text: Say, event: string, about: Delivery['about']): string {
  const known = knownEvent(event)
  const name = nameOf(about)
  if (known) return text(`deliveries.event.${known}`, { name, days: about.days ?? 0 })
  return text(`deliveries.about.${about.kind}`, { event, name })
}

function LastAnswer({ text, answer }: { text: Say; answer: NonNullable<Delivery['answer']> }): ReactNode {
  const { kind, at, status = 0 } = answer
  return (
    <>
      {text(`deliveries.answer.${kind}`, { status: String(status) })}
      <Moment at={at} />
    </>
  )
}

const Moment = ({ at }: { at: string }): ReactNode => (
  <Note>
    <When at={at} />
  </Note>
)

const Note = ({ children }: { children: ReactNode }): ReactNode => (
  <Text size="xs" c="dimmed" fw="normal" component="div">
    {children}
  </Text>
)
