import type { Severity, Verdict } from '@/lib/alert/finding'
import type { AlertItem } from './alert'
import type { Strip } from './strip'

export interface TaskItem {
  id: string
  incidentId: string
  incidentNumber: number
  model: string
  phase: string
  title: string
  guidance: string
  state: 'todo' | 'doing' | 'done' | 'skipped'
  owner: string | null
  dueAt: string
  evidence: string | null
  completedAt: string | null
}

export interface TimelineEntry {
  id: number
  at: string
  eventAt: string | null
  kind: string
  actor: string
  text: string
}

export interface IncidentItem {
  id: string
  number: number
  title: string
  model: string
  state: 'open' | 'resolved'
  severity: Severity
  verdict: Verdict
  onsetAt: string
  openedAt: string
  resolvedAt: string | null
  /** What it turned out to be, as who closed it said. */
  resolution: 'real' | 'false-alarm' | null
  alerts: number
  tasksDone: number
  tasks: number
  playbook: string | null
}

export interface IncidentDetail extends IncidentItem {
  alertItems: AlertItem[]
  timeline: TimelineEntry[]
  taskItems: TaskItem[]
  strip: Strip
}
