'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { queries } from '@/app/_data/queries'
import { Section } from '@/app/_shell/screen'
import { EvidenceStrip } from '@/app/_ui/charts/evidence-strip'
import { EventTime } from '@/app/_ui/event-time'
import { ScreenSkeleton } from '@/app/_ui/skeleton'
import { Status } from '@/app/_ui/status'
import { Time } from '@/app/_ui/time'
import { useRange } from '@/app/_ui/use-range'
import { verdictWords } from '@/app/_ui/words'
import { incidentMark } from '../mark'
import css from './incident.module.css'
import { IncidentAlerts } from './incident-alerts'
import { ResolveIncident } from './resolve-incident'
import { TaskList } from './task-list'
import { Timeline } from './timeline'

export function Incident({ id, me }: { id: string; me: string | null }) {
  const { domain, setRange } = useRange()
  const incident = useQuery(queries.incident(id)).data
  if (!incident) return <ScreenSkeleton />
  return (
    <main id="main" className={css.incident} tabIndex={-1}>
      <header className={css.head}>
        <div>
          <p className={css.crumbs}>
            <Status kind={incidentMark(incident)}>
              {incident.state === 'resolved'
                ? incident.resolution === 'false-alarm'
                  ? 'resolved, a false alarm'
                  : 'resolved'
                : verdictWords[incident.verdict]}
            </Status>
            <span>Incident {incident.number}</span>
            <Link href={`/models/${encodeURIComponent(incident.model)}`}>{incident.model}</Link>
            {incident.playbook && <span>playbook {incident.playbook}</span>}
          </p>
          <h1>{incident.title}</h1>
          <p className={css.when}>
            Began <EventTime at={incident.onsetAt} /> in the events’ own time; opened <Time at={incident.openedAt} />
            {incident.resolvedAt && (
              <>
                , resolved <Time at={incident.resolvedAt} />
              </>
            )}
            .
          </p>
        </div>
        <ResolveIncident incident={incident} />
      </header>
      {incident.strip.points.length > 0 && (
        <EvidenceStrip
          strip={incident.strip}
          domain={domain([incident.strip])}
          size="row"
          onRange={(a, b) => void setRange(a, b)}
        />
      )}
      <div className={css.columns}>
        <Section title="Evidence">
          <IncidentAlerts alerts={incident.alertItems} verdict={incident.verdict} />
        </Section>
        <Section title="Timeline">
          <Timeline entries={incident.timeline} />
        </Section>
        <Section title="Tasks" aside={incident.tasks > 0 && `${incident.tasksDone} of ${incident.tasks} done`}>
          <TaskList tasks={incident.taskItems} me={me} />
        </Section>
      </div>
    </main>
  )
}
