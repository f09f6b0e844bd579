-- What a person may reach at most, set for this transaction only: whole authorities for their own people, single
-- cases for those who come from outside. It may be wider than `cases.access`, which decides; never narrower.

CREATE OR REPLACE FUNCTION protocol_ids(name text) RETURNS bigint[] LANGUAGE sql STABLE AS $$
  SELECT coalesce(string_to_array(nullif(current_setting('protocol.' || name, true), ''), ',')::bigint[], '{}')
$$;

CREATE OR REPLACE FUNCTION protocol_enter(who bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
  home bigint;
  part text;
  authorities bigint[] := '{}';
  cases bigint[] := '{}';
BEGIN
  SELECT organisation_id, role INTO home, part FROM accounts_user WHERE id = who AND is_active;
  IF part IN ('iro', 'iro_manager', 'iro_business_support', 'social_worker', 'team_manager', 'service_manager',
              'head_of_service', 'director', 'chief_executive', 'la_legal') THEN
    authorities := ARRAY[home];
  ELSIF part IN ('guardian', 'high_court_team_officer') THEN
    SELECT coalesce(array_agg(DISTINCT case_id), '{}') INTO cases FROM cases_appointment
      WHERE person_id = who AND until_on IS NULL AND case_id IS NOT NULL;
  ELSIF part = 'voluntary_iro' THEN
    SELECT coalesce(array_agg(DISTINCT member.case_id), '{}') INTO cases
      FROM cases_casechild member JOIN cases_appointment held ON held.child_id = member.child_id
      WHERE held.person_id = who AND held.until_on IS NULL;
  ELSIF part IN ('cafcass_service_manager', 'cafcass_business_support') THEN
    SELECT coalesce(array_agg(id), '{}') INTO cases FROM cases_case
      WHERE cafcass_office_id = home OR id IN (
        SELECT held.case_id FROM cases_appointment held JOIN accounts_user person ON person.id = held.person_id
        WHERE held.role = 'referral_officer' AND held.until_on IS NULL AND person.organisation_id = home);
  ELSIF part = 'cafcass_legal' THEN
    SELECT coalesce(array_agg(DISTINCT case_id), '{}') INTO cases FROM cases_event
      WHERE happening = 'referral_submitted' AND case_id IS NOT NULL;
  END IF;
  PERFORM set_config('protocol.person', coalesce(who, 0)::text, true);
  PERFORM set_config('protocol.home', coalesce(home, 0)::text, true);
  PERFORM set_config('protocol.part', coalesce(part, ''), true);
  PERFORM set_config('protocol.authorities', array_to_string(authorities, ','), true);
  PERFORM set_config('protocol.cases', array_to_string(cases, ','), true);
  PERFORM set_config('protocol.children', coalesce((
    SELECT string_agg(DISTINCT child::text, ',') FROM (
      SELECT child_id AS child FROM cases_casechild WHERE case_id = ANY (cases)
      UNION SELECT child_id FROM cases_appointment
        WHERE part = 'voluntary_iro' AND person_id = who AND until_on IS NULL) AS theirs), ''), true);
END
$$;
