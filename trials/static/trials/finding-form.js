// The form of a finding: fields by measure, arms of the chosen trial, and the server's remarks while one types.
'use strict';
{
    const told = JSON.parse(document.getElementById('finding-form').textContent);
    const form = document.getElementById('finding_form');
    const byName = (name) => form?.elements.namedItem(name);
    const boxOf = (control) => {
        const own = control.closest('.fieldBox');
        return own ? own.parentElement : control.closest('.form-row');
    };
    const field = (name) => {
        const control = byName(name);
        return control ? {control, box: boxOf(control), label: form.querySelector(`label[for="id_${name}"]`)} : {};
    };

    const start = () => {
        for (const name of told.fields) {
            const {box} = field(name);
            box?.setAttribute('data-of-measure', name);
        }
        const rows = [...form.querySelectorAll('.form-row')].filter((row) => row.querySelector('[data-of-measure]'));
        const fit = () => window.fitToMeasure(told, byName('measure').value, field, rows);

        // What the server says, beside the numbers
        const remarks = document.createElement('div');
        remarks.className = 'remarks';
        remarks.setAttribute('aria-live', 'polite');
        byName('value').closest('.form-row').after(remarks);
        const likeness = document.createElement('div');
        likeness.className = 'remarks';
        likeness.setAttribute('aria-live', 'polite');
        byName('statement').closest('.form-row').before(likeness);

        const line = (text, kind) => {
            const p = document.createElement('p');
            p.className = kind;
            p.textContent = text;
            return p;
        };
        const offer = (text, button, act) => {
            const p = line(`${text} `, 'offer');
            const press = document.createElement('button');
            press.type = 'button';
            press.textContent = button;
            press.addEventListener('click', act);
            p.append(press);
            return p;
        };
        const fill = (name, value) => {
            byName(name).value = value;
            byName(name).dispatchEvent(new Event('change', {bubbles: true}));
            byName(name).focus();
        };
        const show = (answer) => {
            const lines = [
                ...answer.amiss.map((sentence) => line(sentence, 'amiss')),
                ...answer.said.map((sentence) => line(sentence, 'said')),
            ];
            if (answer.computed) {
                lines.push(offer(
                    `Computed from n and N, not printed: ${answer.computed} %.`,
                    'Take it as the value',
                    () => { byName('unit').value = 'PERCENT'; fill('value', answer.computed); },
                ));
            }
            remarks.replaceChildren(...lines);
            const alike = answer.alike.map((other) => {
                const p = line('', 'alike');
                const link = document.createElement('a');
                link.href = other.url;
                link.target = '_blank';
                link.textContent = other.title;
                p.append('This looks like what is recorded already: ', link, ` (${other.place}).`);
                return p;
            });
            if (answer.sentence) {
                alike.push(offer(
                    `Put together from the figures: “${answer.sentence}”`,
                    'Take it as the statement',
                    () => fill('statement', answer.sentence),
                ));
            }
            likeness.replaceChildren(...alike);
        };

        let waiting, asked = 0;
        const ask = async () => {
            const question = ++asked;
            const data = new FormData(form);
            ['note', 'quotation', 'verdict_note', 'verdict_sources', 'slug'].forEach((name) => data.delete(name));
            data.set('statement', data.get('statement') ? '–' : '');
            data.set('record', told.record ?? '');
            try {
                const response = await fetch(told.check, {method: 'POST', body: data, credentials: 'same-origin'});
                const isAnswer = response.ok && response.headers.get('Content-Type').startsWith('application/json');
                if (isAnswer && question === asked) {
                    show(await response.json());
                }
            } catch {
                // Without the server the form works as it stands; it is asked again at the next change.
            }
        };
        const typed = () => new URLSearchParams(new FormData(form)).toString();
        let known = typed();
        const soon = () => {
            if (typed() === known) { // leaving a field tells of a change, too
                return;
            }
            known = typed();
            for (const old of form.querySelectorAll('.remarks .offer')) {
                old.remove(); // it was made of other figures
            }
            clearTimeout(waiting);
            waiting = setTimeout(ask, 300);
        };

        byName('measure').addEventListener('change', () => {
            const units = told.measures[byName('measure').value]?.units ?? [];
            if (units.length && byName('value').value === '' && !units.includes(byName('unit').value)) {
                byName('unit').value = units[0]; // the usual one
            }
        });
        form.addEventListener('input', () => { fit(); soon(); });
        form.addEventListener('change', () => { fit(); soon(); });
        const $ = window.django?.jQuery;
        if ($) { // lists that are searched tell jQuery only
            $(form).on('change', 'select', () => { fit(); soon(); });
            let trial = byName('trial').value;
            $(form).on('change', '[name=trial]', () => {
                if (byName('trial').value === trial) { // the stock script tells of changes that are none
                    return;
                }
                trial = byName('trial').value;
                for (const name of ['arm', 'compared_with']) {
                    $(byName(name)).val(null).trigger('change.select2');
                }
            });
            $.ajaxPrefilter((options) => {
                if (/field_name=(arm|compared_with)\b/.test(options.data || options.url)) {
                    options.data = `${options.data || ''}&trial=${encodeURIComponent(byName('trial').value)}`;
                }
            });
        }
        fit();
        if (byName('numerator').value || byName('value').value || byName('measure').value) {
            ask();
        }
    };

    if (byName('measure') && byName('numerator')) { // who may only look sees no fields
        start();
    }
}
