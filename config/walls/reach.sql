-- What a person may reach at most, set for this transaction only: whole authorities for their own people, single
-- cases for those who come from outside; of neither what is restricted and not theirs by name. It may be wider than
-- `cases.access`, which decides; never narrower.

CREATE OR REPLACE FUNCTION protocol_ids(name text) RETURNS bigint[] LANGUAGE sql STABLE AS $$
  SELECT coalesce(string_to_array(nullif(current_setting('protocol.' || name, true), ''), ',')::bigint[], '{}')
$$;

CREATE OR REPLACE FUNCTION protocol_set(name text, ids bigint[]) RETURNS void LANGUAGE sql AS $$
  SELECT set_config('protocol.' || name, coalesce(array_to_string(ids, ','), ''), true)
$$;

CREATE OR REPLACE FUNCTION protocol_without(ids bigint[], others bigint[]) RETURNS bigint[] LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(array_agg(DISTINCT id), '{}') FROM unnest(ids) AS id WHERE id IS NOT NULL AND id <> ALL (others)
$$;

-- Everybody in a case, now or before: whoever reads the case reads of them.
CREATE OR REPLACE FUNCTION protocol_children_in(cases bigint[]) RETURNS bigint[] LANGUAGE sql STABLE
SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT child_id), '{}') FROM cases_casechild WHERE case_id = ANY (cases)
$$;

-- Who are only in cases that are shut: a child who is in another case as well is named on its pages.
CREATE OR REPLACE FUNCTION protocol_shut_children(shut bigint[]) RETURNS bigint[] LANGUAGE sql STABLE
SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT child_id), '{}') FROM cases_casechild inside
  WHERE case_id = ANY (shut) AND left_on IS NULL AND NOT EXISTS (
    SELECT 1 FROM cases_casechild elsewhere WHERE elsewhere.child_id = inside.child_id AND elsewhere.case_id <> ALL (shut))
$$;

-- Whose own records are shut, in another case or not: `cases.access` asks for them, since the rows that say so are shut.
CREATE OR REPLACE FUNCTION protocol_closed_children(shut bigint[]) RETURNS bigint[] LANGUAGE sql STABLE
SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT child_id), '{}') FROM cases_casechild WHERE case_id = ANY (shut) AND left_on IS NULL
$$;

DROP FUNCTION IF EXISTS protocol_enter(bigint);

CREATE OR REPLACE FUNCTION protocol_enter(who bigint, moment timestamptz DEFAULT now()) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  home bigint;
  part text;
  today date := (moment AT TIME ZONE 'Europe/London')::date;
  people bigint[] := '{}';
  authorities bigint[] := '{}';
  cases bigint[] := '{}';
  held bigint[] := '{}';
  known bigint[] := '{}';
  shut bigint[];
BEGIN
  SELECT organisation_id, role INTO home, part FROM accounts_user WHERE id = who AND is_active;
  -- The person, and the colleagues for whose everything they stand in today.
  SELECT coalesce(array_agg(cover.absent_id), '{}') || who INTO people
    FROM cases_cover cover JOIN accounts_user absent ON absent.id = cover.absent_id
    WHERE cover.covering_id = who AND cover.ended_at IS NULL AND today BETWEEN cover.from_on AND cover.until_on
      AND cover.is_for_everything AND absent.organisation_id = home;
  IF part IN ('iro', 'iro_manager', 'iro_business_support', 'social_worker', 'team_manager', 'service_manager',
              'head_of_service', 'director', 'chief_executive', 'la_legal') THEN
    authorities := ARRAY[home];
  ELSIF part IN ('guardian', 'high_court_team_officer') THEN
    SELECT coalesce(array_agg(DISTINCT case_id), '{}') INTO cases FROM cases_appointment
      WHERE person_id = ANY (people) AND until_on IS NULL AND case_id IS NOT NULL;
  ELSIF part = 'voluntary_iro' THEN
    SELECT coalesce(array_agg(DISTINCT child_id), '{}') INTO held FROM cases_appointment
      WHERE person_id = ANY (people) AND until_on IS NULL;
    SELECT coalesce(array_agg(DISTINCT case_id), '{}') INTO cases FROM cases_casechild WHERE child_id = ANY (held);
  ELSIF part IN ('cafcass_service_manager', 'cafcass_business_support') THEN
    SELECT coalesce(array_agg(id), '{}') INTO cases FROM cases_case
      WHERE cafcass_office_id = home OR id IN (
        SELECT held.case_id FROM cases_appointment held JOIN accounts_user person ON person.id = held.person_id
        WHERE held.role = 'referral_officer' AND held.until_on IS NULL AND person.organisation_id = home);
  ELSIF part = 'cafcass_legal' THEN
    SELECT coalesce(array_agg(DISTINCT case_id), '{}') INTO cases FROM cases_event
      WHERE happening = 'referral_submitted' AND case_id IS NOT NULL;
  END IF;
  IF part <> 'administrator' THEN
    cases := cases
      || ARRAY(SELECT chosen.case_id FROM cases_cover_cases chosen JOIN cases_cover cover ON cover.id = chosen.cover_id
               JOIN accounts_user absent ON absent.id = cover.absent_id
               WHERE cover.covering_id = who AND cover.ended_at IS NULL AND absent.organisation_id = home
                 AND today BETWEEN cover.from_on AND cover.until_on)
      || ARRAY(SELECT listed.case_id FROM cases_restriction listed
               JOIN cases_namedreader reader ON reader.restriction_id = listed.id
               WHERE reader.person_id = who AND reader.removed_at IS NULL AND listed.lifted_at IS NULL)
      || ARRAY(SELECT case_id FROM cases_emergencyaccess WHERE person_id = who AND ends_at > moment);
    -- That these cases exist is known to whoever restricted them, and to whoever is told of an emergency.
    known := ARRAY(SELECT case_id FROM cases_restriction WHERE placed_by_id = who AND lifted_at IS NULL)
      || ARRAY(SELECT opened.case_id FROM cases_emergencyaccess opened
               JOIN accounts_user person ON person.id = opened.person_id WHERE who IN (person.id, person.manager_id))
      || ARRAY(SELECT opened.case_id FROM cases_emergencyaccess opened
               JOIN cases_casechild inside ON inside.case_id = opened.case_id AND inside.left_on IS NULL
               JOIN cases_appointment iro ON iro.child_id = inside.child_id
               WHERE iro.role = 'iro' AND iro.until_on IS NULL AND iro.person_id = who);
  END IF;
  shut := ARRAY(SELECT listed.case_id FROM cases_restriction listed
    WHERE listed.lifted_at IS NULL AND (listed.authority_id = ANY (authorities) OR listed.case_id = ANY (cases))
      AND NOT EXISTS (SELECT 1 FROM cases_namedreader reader WHERE reader.restriction_id = listed.id
                      AND reader.person_id = who AND reader.removed_at IS NULL)
      AND NOT EXISTS (SELECT 1 FROM cases_emergencyaccess opened WHERE opened.case_id = listed.case_id
                      AND opened.person_id = who AND opened.ends_at > moment));
  cases := protocol_without(cases, shut);
  PERFORM set_config('protocol.person', coalesce(who, 0)::text, true);
  PERFORM set_config('protocol.home', coalesce(home, 0)::text, true);
  PERFORM set_config('protocol.part', coalesce(part, ''), true);
  PERFORM protocol_set('authorities', authorities);
  PERFORM protocol_set('cases', cases);
  PERFORM protocol_set('shut_cases', shut);
  PERFORM protocol_set('shut_children', protocol_shut_children(shut));
  PERFORM protocol_set('closed_children', protocol_closed_children(shut));
  PERFORM protocol_set('children', protocol_children_in(cases)
                                   || protocol_without(held, protocol_shut_children(shut)));
  PERFORM protocol_set('known_cases', known);
END
$$;

-- Somebody asks for a case in an emergency: for the rest of the transaction it is within reach, where it is of their
-- own side. Whether they open it, `cases.emergencies` decides.
CREATE OR REPLACE FUNCTION protocol_emergency(asked text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  who bigint := nullif(current_setting('protocol.person', true), '')::bigint;
  home bigint := nullif(current_setting('protocol.home', true), '')::bigint;
  part text := current_setting('protocol.part', true);
  found bigint[];
BEGIN
  found := ARRAY(SELECT asked_for.id FROM cases_case asked_for WHERE asked_for.key = asked AND (
    (part IN ('iro', 'iro_manager', 'iro_business_support', 'social_worker', 'team_manager', 'service_manager',
              'head_of_service', 'director', 'chief_executive', 'la_legal') AND asked_for.authority_id = home)
    OR (part IN ('guardian', 'cafcass_service_manager', 'cafcass_business_support')
        AND asked_for.cafcass_office_id = home)
    OR (part = 'cafcass_legal' AND EXISTS (
        SELECT 1 FROM cases_event WHERE case_id = asked_for.id AND happening = 'referral_submitted'))
    OR (part <> 'administrator' AND EXISTS (
        SELECT 1 FROM cases_appointment mine WHERE mine.person_id = who AND mine.until_on IS NULL
          AND (mine.case_id = asked_for.id OR mine.child_id = ANY (protocol_children_in(ARRAY[asked_for.id])))))
    OR EXISTS (SELECT 1 FROM cases_appointment officers JOIN accounts_user officer ON officer.id = officers.person_id
               WHERE part IN ('cafcass_service_manager', 'cafcass_business_support')
                 AND officers.case_id = asked_for.id AND officers.role = 'referral_officer'
                 AND officers.until_on IS NULL AND officer.organisation_id = home)));
  PERFORM protocol_set('cases', protocol_ids('cases') || found);
  PERFORM protocol_set('children', protocol_ids('children') || protocol_children_in(found));
  PERFORM protocol_set('shut_cases', protocol_without(protocol_ids('shut_cases'), found));
  PERFORM protocol_set('shut_children',
                       protocol_without(protocol_ids('shut_children'), protocol_children_in(found)));
  PERFORM protocol_set('closed_children', protocol_closed_children(protocol_ids('shut_cases')));
END
$$;

-- What a letter is compared with before it leaves: the addresses of an authority that are for few, also those of children
-- out of the writer's reach. Keys and words only, and only for whoever reaches a case of that authority.
CREATE OR REPLACE FUNCTION protocol_confidential(of_authority bigint)
RETURNS TABLE (id bigint, address text, postcode varchar)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT kept.id, kept.address, kept.postcode FROM cases_whereabouts kept
  WHERE kept.authority_id = of_authority AND kept.audience <> 'everybody'
    AND NOT EXISTS (SELECT 1 FROM cases_whereabouts correction WHERE correction.corrects_id = kept.id)
    AND (of_authority = ANY (protocol_ids('authorities')) OR EXISTS (
         SELECT 1 FROM cases_case WHERE authority_id = of_authority AND cases_case.id = ANY (protocol_ids('cases'))))
$$;
