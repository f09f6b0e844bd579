"""The statutory return (SSDA903): the reviews of a year as the file that is submitted, and what to check first."""
