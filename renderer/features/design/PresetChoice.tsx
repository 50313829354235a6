import { DESIGN_PRESETS, type DesignPreset } from '../../../shared/study/design-presets.ts';

/** Designs to start from: choosing one fills the form, and saves nothing. */
export function PresetChoice({ onChoose }: { readonly onChoose: (preset: DesignPreset) => void }) {
  return (
    <ul className="presets" aria-label="Designs to start from">
      {DESIGN_PRESETS.map((preset) => (
        <li key={preset.id}>
          <button type="button" onClick={() => onChoose(preset)}>
            <b>{preset.label}</b> <span className="quiet">{preset.about}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
