import { axisX, axisY, type PlotOptions } from '@observablehq/plot';

const AXIS = { labelArrow: 'none', tickSize: 0, fontSize: 12, ticks: 5 } as const;

/** A plot of one number against another with both axes named, as wide as there is room and a little less high. */
export function squarePlot(
  width: number,
  x: { readonly label: string; readonly domain: readonly [number, number] },
  y: { readonly label: string; readonly domain: readonly [number, number] },
  marks: PlotOptions['marks'] & object,
): PlotOptions {
  return {
    height: Math.min(340, Math.max(240, width * 0.62)),
    marginLeft: 48,
    marginBottom: 40,
    x: { domain: [...x.domain] },
    y: { domain: [...y.domain] },
    marks: [
      axisX({ ...AXIS, label: x.label, labelAnchor: 'center' }),
      axisY({ ...AXIS, label: y.label }),
      ...marks,
    ],
  };
}
