import type { LogHead } from '@scel/contract/values'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useText, When } from '../../lib/languages/index.ts'
import { CopyText, Facts, Note } from '../../ui/index.ts'
import { headQuery } from './api.ts'
import { stateOf } from './model.ts'

/** The newest signed head of the log, and whether the log has been signed since: what an auditor notes and compares. */
export function NewestHead(): ReactNode {
  const { data } = useQuery(headQuery)
  return data ? <Shown log={data} /> : null
}

function Shown({ log }: { log: LogHead }): ReactNode {
  const text = useText()
  const { head, waiting, pushed } = log
  const state = stateOf(log, Date.now())
  const says = { signed: 'good', waiting: 'info', late: 'notice', unsigned: 'notice' } as const
  return (
    <Note tone={says[state]} title={text(`audit.head.${state}`, { count: waiting })}>
      {head ? (
        <Facts
          facts={[
            { name: text('audit.head.size'), value: text('audit.head.lines', { count: head.size }) },
            { name: text('audit.head.at'), value: <When at={head.at} /> },
            {
              name: text('audit.head.root'),
              value: (
                <CopyText
                  value={head.note}
                  shown={`${head.root.slice(0, 16)}…`}
                  label={text('audit.head.copy')}
                  done={text('do.copied')}
                />
              ),
            },
            ...pushed.map((one) => ({ name: text('audit.head.kept'), value: <Kept {...one} /> })),
          ]}
        />
      ) : null}
    </Note>
  )
}

function Kept({ to, size, failingSince }: LogHead['pushed'][number]): ReactNode {
  const text = useText()
  return (
    <>
      {to}, {text('audit.head.lines', { count: size })}
      {failingSince === undefined ? null : (
        <>
          {' '}
          {text('audit.head.failing')} <When at={failingSince} />
        </>
      )}
    </>
  )
}
