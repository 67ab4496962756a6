import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useText } from '../../lib/languages/index.ts'
import { Held } from '../../lib/parts/index.ts'
import { type Branch, Page, Tree } from '../../ui/index.ts'
import { authoritiesQuery } from './api.ts'
import { AuthorityCard } from './authority-card.tsx'
import { Ceremonies } from './ceremonies.tsx'
import { type AuthorityBranch, hierarchyOf } from './model.ts'
import { TimeStamps } from './time-stamps.tsx'

export function AuthoritiesPage(): ReactNode {
  const text = useText()
  const query = useQuery(authoritiesQuery)
  return (
    <Page title={text('authorities.title')} lead={text('authorities.lead')}>
      <Held query={query}>
        {({ items, ceremonies = [] }) => (
          <>
            <Ceremonies due={ceremonies} />
            <Tree label={text('authorities.tree')} branches={hierarchyOf(items).map(branchOf)} />
          </>
        )}
      </Held>
      <TimeStamps />
    </Page>
  )
}

const branchOf = ({ authority, below }: AuthorityBranch): Branch => ({
  key: authority.id,
  content: <AuthorityCard authority={authority} />,
  branches: below.map(branchOf),
})
