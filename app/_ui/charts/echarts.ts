import { BarChart, CustomChart, LineChart, ScatterChart } from 'echarts/charts'
import {
  BrushComponent,
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  ToolboxComponent,
  TooltipComponent,
} from 'echarts/components'
import * as core from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

/** Only what is drawn (the brush does not go without the toolbox, which stays hidden). SVG, so that colours can be tokens (`var(--ink)`): a change of theme and a print need no redraw. */
core.use([
  BarChart,
  CustomChart,
  LineChart,
  ScatterChart,
  BrushComponent,
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  ToolboxComponent,
  TooltipComponent,
  SVGRenderer,
])

export const init = core.init
export const connect = core.connect
