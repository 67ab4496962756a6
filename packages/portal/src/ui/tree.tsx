import type { ReactNode } from 'react'
import classes from './tree.module.css'

export interface Branch {
  readonly key: string
  readonly content: ReactNode
  readonly current?: boolean
  readonly branches?: readonly Branch[]
}

/** A hierarchy drawn with its lines: nested lists for those who hear it. */
export function Tree({ branches, label }: { branches: readonly Branch[]; label: string }): ReactNode {
  return (
    <ul className={classes.tree} aria-label={label}>
      {branches.map((branch) => (
        <Node key={branch.key} branch={branch} />
      ))}
    </ul>
  )
}

function Node({ branch }: { branch: Branch }): ReactNode {
  return (
    <li>
      <div className={classes.node} data-current={branch.current || undefined}>
        {branch.content}
      </div>
      {branch.branches?.length ? (
        <ul>
          {branch.branches.map((below) => (
            <Node key={below.key} branch={below} />
          ))}
        </ul>
      ) : null}
    </li>
  )
}
