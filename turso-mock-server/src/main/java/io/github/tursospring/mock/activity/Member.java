package io.github.tursospring.mock.activity;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A member of the organization: where, when and on what the member works.
 *
 * @param name the name of the user
 * @param origin where the member works from: {@code cli} or {@code web}
 * @param location where the member is
 * @param zone the time zone of that place
 * @param busiestHour the hour of the day around which most is done
 * @param spread how far, in hours, the member strays from it
 * @param weekends the share of weekends that the member works on
 * @param activities what the member does
 */
record Member(String name, String origin, Location location, ZoneId zone, int busiestHour, double spread,
		double weekends, List<Weighted<Consumer<Trail>>> activities) {

	/**
	 * Where a member is, as Turso sends it.
	 *
	 * @param city the city
	 * @param countryCode the code of the country
	 * @param latitude the latitude in degrees
	 * @param longitude the longitude in degrees
	 * @param ip the IP address
	 */
	record Location(String city, String countryCode, String latitude, String longitude, String ip) {
	}

	/**
	 * Return a time at which the member works.
	 * @param from the earliest
	 * @param to the latest
	 * @param random what decides
	 * @return the time
	 */
	Instant timeOfWork(Instant from, Instant to, Random random) {
		while (true) {
			long anySecond = (long) (random.nextDouble() * (to.getEpochSecond() - from.getEpochSecond()));
			ZonedDateTime day = from.plusSeconds(anySecond).atZone(this.zone);
			boolean weekend = day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0;
			long secondOfDay = (long) ((this.busiestHour + this.spread * random.nextGaussian()) * 3600);
			Instant time = day.toLocalDate().atStartOfDay(this.zone).plusSeconds(secondOfDay).toInstant();
			if ((!weekend || random.nextDouble() < this.weekends) && time.isAfter(from) && time.isBefore(to)) {
				return time;
			}
		}
	}

}
