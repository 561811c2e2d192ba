// A results table: fields by measure in each row, its usual unit, and more rows without asking the server.
'use strict';
{
    const told = JSON.parse(document.getElementById('results-table-told').textContent);
    const form = document.getElementById('results_table_form');
    const body = form.querySelector('.results-table tbody');
    const total = form.elements.namedItem('rows-TOTAL_FORMS');
    const most = Number(form.elements.namedItem('rows-MAX_NUM_FORMS').value);
    const more = form.querySelector('.more-rows');
    const once = new Set([...form.querySelectorAll('fieldset:first-of-type [data-field]')].map((box) => box.dataset.field));

    const fieldOf = (row) => (name) => {
        const box = once.has(name) ? null : row.querySelector(`[data-field="${name}"]`);
        return box ? {box, control: box.querySelector('select, input, textarea'), label: box.querySelector('label')} : {};
    };
    const fit = (row) => {
        window.fitToMeasure(told, fieldOf(row)('measure').control.value, fieldOf(row), []);
        if (row.querySelector('details [aria-required="true"]')) {
            row.querySelector('details').open = true;
        }
    };
    const watch = (row) => {
        const {control: measure} = fieldOf(row)('measure');
        const {control: unit} = fieldOf(row)('unit');
        measure.addEventListener('change', () => {
            const units = told.measures[measure.value]?.units ?? [];
            if (units.length && !units.includes(unit.value)) {
                unit.value = units[0];
            }
        });
        row.addEventListener('input', () => fit(row));
        row.addEventListener('change', () => fit(row));
        fit(row);
    };

    body.querySelectorAll('.result-row').forEach(watch);
    more.addEventListener('click', (event) => {
        event.preventDefault();
        const number = Number(total.value);
        const fresh = document.getElementById('empty-row').content.firstElementChild.cloneNode(true);
        for (const element of fresh.querySelectorAll('[name], [id], [for]')) {
            for (const attribute of ['name', 'id', 'for']) {
                if (element.hasAttribute(attribute)) {
                    element.setAttribute(attribute, element.getAttribute(attribute).replace('__prefix__', number));
                }
            }
        }
        body.append(fresh);
        watch(fresh);
        total.value = number + 1;
        more.hidden = number + 1 >= most;
        fieldOf(fresh)('measure').control.focus();
    });
    more.hidden = Number(total.value) >= most;
}
