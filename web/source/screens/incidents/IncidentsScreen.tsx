import {useEffect} from "preact/hooks";
import {useSearchParams} from "wouter-preact";
import {call} from "../../api/client";
import {Empty, More, Section, Segments, Show} from "../../components/basics";
import {usePages} from "../../components/hooks";
import {IncidentCard} from "../../components/IncidentCard";
import {language, t} from "../../messages/messages";

const pageSize = 50;
const filters = ["open", "resolved", "all"] as const;
type Filter = (typeof filters)[number];

/// The filter that the address names; without one, what waits for somebody.
export function filterOf(query: URLSearchParams): Filter {
    return filters.find((one) => one === query.get("status")) ?? "open";
}

/// What failed in all cases that the person's organisation keeps running.
export function IncidentsScreen() {
    const [query, setQuery] = useSearchParams();
    const filter = filterOf(query);
    useEffect(() => {
        document.title = `${t("incidents.title")} – Guildmark`;
    }, [language()]);
    const paged = usePages(
        (after, signal) =>
            call("get", "/incidents", {
                query: {status: filter === "all" ? undefined : filter, size: pageSize, after},
                signal,
            }),
        [filter, language()],
    );
    return (
        <main class="page" id="content">
            <h1 tabIndex={-1} data-page-heading>
                {t("incidents.title")}
            </h1>
            <Section id="incidents" title={t("incidents.all")}>
                <div class="filters">
                    <Segments
                        name="incidents-filter"
                        legend={t("requirements.show")}
                        options={filters.map((value) => ({
                            value,
                            label: t(`incidents.filter.${value}`),
                        }))}
                        chosen={filter}
                        choose={(value) => setQuery({status: value}, {replace: true})}
                    />
                </div>
                <Show loaded={paged}>
                    {(items) =>
                        items.length === 0 ? (
                            <Empty>{t(`incidents.none.${filter}`)}</Empty>
                        ) : (
                            <ul class="findings">
                                {items.map((incident) => (
                                    <IncidentCard key={incident.id} incident={incident} ofMany />
                                ))}
                            </ul>
                        )
                    }
                </Show>
                <More paged={paged} />
            </Section>
        </main>
    );
}
