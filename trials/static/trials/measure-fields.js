// Shows of a form what its measure is told by. What holds something stays, whatever the measure.
'use strict';
{
    const filled = (control) => control.value !== '' && !(control.name.endsWith('comparator') && control.value === '=');

    const badge = (label, text) => {
        let mark = label.querySelector('.measure-mark');
        if (!text) {
            mark?.remove();
            return;
        }
        if (!mark) {
            mark = document.createElement('span');
            mark.className = 'measure-mark';
            label.append(mark);
        }
        mark.textContent = text;
    };

    // `field(name)` gives {control, label, box} of a form; `rows` are what is hidden once all boxes in it are.
    window.fitToMeasure = (told, measure, field, rows) => {
        const telling = told.measures[measure];
        const always = told.always ?? []; // hidden too until there is a measure
        for (const name of told.fields) {
            const {control, box} = field(name);
            if (!control) {
                continue;
            }
            const applies = telling ? [...telling.applies, ...always].includes(name) : always.length === 0;
            box.classList.toggle('not-of-measure', !applies && !filled(control));
        }
        for (const row of rows) {
            const boxes = [...row.querySelectorAll('[data-of-measure]')];
            const shut = boxes.length && boxes.every((box) => box.classList.contains('not-of-measure'));
            row.classList.toggle('not-of-measure', Boolean(shut));
        }
        const marks = new Map();
        for (const name of telling?.expected ?? []) {
            marks.set(name, 'if printed');
        }
        for (const names of telling?.needs ?? []) {
            names.forEach((name) => marks.set(name, names.length > 1 ? 'one of these is needed' : 'needed'));
        }
        for (const name of [...told.fields, 'arm', 'time_frame', 'population']) {
            const {control, label} = field(name);
            if (!control || !label) {
                continue;
            }
            const mark = marks.get(name);
            badge(label, mark ? ` ${mark}` : '');
            control.setAttribute('aria-required', String(mark === 'needed'));
        }
    };
}
