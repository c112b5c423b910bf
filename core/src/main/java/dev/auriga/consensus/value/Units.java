// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.value;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The units that are known, with exact factors; what is not here is a word like any other.
///
/// Symbols are case-sensitive, names are not. Where a name means two things (a gallon here and
/// overseas) it converts only to what it converts to in both.
public final class Units {
  /// A line: dimension, factor to its base, the unit's symbols and names.
  private static final String TABLE =
      """
      length 1 | m metre metres meter meters
      length 1000 | km kilometre kilometres kilometer kilometers
      length 0.01 | cm centimetre centimetres centimeter centimeters
      length 0.001 | mm millimetre millimetres millimeter millimeters
      length 0.000001 | µm μm um micrometre micrometres micrometer micrometers micron microns
      length 0.000000001 | nm nanometre nanometres nanometer nanometers
      length 0.0254 | in inch inches
      length 0.3048 | ft foot feet
      length 0.9144 | yd yard yards
      length 1609.344 | mi mile miles
      length 1852 | nautical_mile nautical_miles nmi
      mass 1 | g gram grams gramme grammes
      mass 1000 | kg kgs kilogram kilograms kilo kilos
      mass 0.001 | mg milligram milligrams
      mass 0.000001 | µg μg ug mcg microgram micrograms
      mass 1000000 | t tonne tonnes metric_ton metric_tons
      mass 453.59237 | lb lbs pound pounds
      mass 28.349523125 | oz ounce ounces
      volume 1 | l L litre litres liter liters
      volume 0.001 | ml mL millilitre millilitres milliliter milliliters cc cm³ cm^3 cubic_centimetres cubic_centimeters
      volume 0.01 | cl cL centilitre centilitres
      volume 0.1 | dl dL decilitre decilitres deciliter deciliters
      volume 1000 | m³ m^3 cubic_metre cubic_metres cubic_meter cubic_meters
      volume-customary 1 | gal gallon gallons
      volume-customary 0.25 | qt quart quarts
      volume-customary 0.125 | pt pint pints
      volume-spoons 3 | tbsp tablespoon tablespoons
      volume-spoons 1 | tsp teaspoon teaspoons
      area 1 | m² m^2 sqm sq_m square_metre square_metres square_meter square_meters
      area 1000000 | km² km^2 square_kilometre square_kilometres square_kilometer square_kilometers
      area 0.0001 | cm² cm^2 sq_cm square_centimetre square_centimetres square_centimeter square_centimeters
      area 10000 | ha hectare hectares
      area 4046.8564224 | acre acres
      area 0.09290304 | ft² ft^2 sq_ft square_foot square_feet
      area 0.00064516 | in² in^2 sq_in square_inch square_inches
      area 2589988.110336 | mi² mi^2 square_mile square_miles
      time 1 | s sec secs second seconds
      time 0.001 | ms millisecond milliseconds
      time 0.000001 | µs μs us microsecond microseconds
      time 0.000000001 | ns nanosecond nanoseconds
      time 60 | min mins minute minutes
      time 3600 | h hr hrs hour hours
      time 86400 | day days
      time 604800 | week weeks
      months 1 | month months
      months 12 | yr yrs year years
      months 120 | decade decades
      months 1200 | century centuries
      length/time 0.44704 | mph
      temperature 1 | K kelvin kelvins
      angle 1 | ° deg degree degrees
      data 1 | bit bits
      data 8 | B byte bytes
      data 8000 | kB kilobyte kilobytes
      data 8000000 | MB megabyte megabytes
      data 8000000000 | GB gigabyte gigabytes
      data 8000000000000 | TB terabyte terabytes
      data 8192 | KiB kibibyte kibibytes
      data 8388608 | MiB mebibyte mebibytes
      data 8589934592 | GiB gibibyte gibibytes
      data 1000 | kbit kilobit kilobits
      data 1000000 | Mbit megabit megabits
      data 1000000000 | Gbit gigabit gigabits
      data/time 1000000 | Mbps
      data/time 1000000000 | Gbps
      energy 1 | J joule joules
      energy 1000 | kJ kilojoule kilojoules
      energy 1000000 | MJ megajoule megajoules
      energy 3600 | Wh watt_hour watt_hours
      energy 3600000 | kWh kilowatt_hour kilowatt_hours
      energy 4.184 | cal
      energy 4184 | kcal kilocalorie kilocalories
      power 1 | W watt watts
      power 0.001 | mW milliwatt milliwatts
      power 1000 | kW kilowatt kilowatts
      power 1000000 | MW megawatt megawatts
      power 1000000000 | GW gigawatt gigawatts
      voltage 1 | V volt volts
      voltage 0.001 | mV millivolt millivolts
      voltage 1000 | kV kilovolt kilovolts
      current 1 | A amp amps ampere amperes
      current 0.001 | mA milliamp milliamps milliampere milliamperes
      resistance 1 | Ω ohm ohms
      resistance 1000 | kΩ kiloohm kiloohms
      frequency 1 | Hz hertz
      frequency 1000 | kHz kilohertz
      frequency 1000000 | MHz megahertz
      frequency 1000000000 | GHz gigahertz
      pressure 1 | Pa pascal pascals
      pressure 100 | hPa mbar hectopascal hectopascals
      pressure 1000 | kPa kilopascal kilopascals
      pressure 1000000 | MPa megapascal megapascals
      pressure 100000 | bar bars
      pressure 101325 | atm atmosphere atmospheres
      force 1 | N newton newtons
      force 1000 | kN kilonewton kilonewtons
      amount 1 | mol mole moles
      amount 0.001 | mmol millimole millimoles
      points 1 | percentage_point percentage_points
      money-USD 1 | $ US$ USD dollar dollars buck bucks US_dollar US_dollars
      money-USD 0.01 | ¢ cent cents
      money-EUR 1 | € EUR euro euros
      money-GBP 1 | £ GBP
      money-GBP 0.01 | penny pence
      money-JPY 1 | ¥ JPY yen
      money-INR 1 | ₹ INR rupee rupees
      money-CHF 1 | CHF
      money-CNY 1 | CNY yuan
      money-CAD 1 | C$ CAD
      money-AUD 1 | A$ AUD
      """;

  public static final Unit PERCENT = new Unit("%", "", Rational.of(1, 100), Rational.ZERO);

  private static final Map<String, Unit> SYMBOLS = new HashMap<>();
  private static final Map<String, Unit> NAMES = new HashMap<>();

  static {
    for (String line : TABLE.lines().toList()) {
      String[] halves = line.split(" \\| ", -1);
      String[] facts = halves[0].split(" ", -1);
      String[] names = halves[1].split(" ", -1);
      Unit unit = new Unit(names[0], facts[0], Rational.of(new BigDecimal(facts[1])), Rational.ZERO);
      for (String name : names) {
        put(name.replace('_', ' '), unit);
      }
    }
    for (String name : new String[] {"%", "percent", "per cent", "pct"}) {
      put(name, PERCENT);
    }
    put("‰", new Unit("‰", "", Rational.of(1, 1000), Rational.ZERO));
    for (String name : new String[] {"bp", "bps", "basis point", "basis points"}) {
      put(name, new Unit("basis points", "", Rational.of(1, 10_000), Rational.ZERO));
    }
    Unit celsius = new Unit("°C", "temperature", Rational.ONE, Rational.of(27_315, 100));
    for (String name : new String[] {"°C", "° C", "℃", "C", "celsius", "degrees celsius", "degree celsius"}) {
      put(name, celsius);
    }
    Unit fahrenheit = new Unit("°F", "temperature", Rational.of(5, 9), Rational.of(45_967, 100));
    for (String name :
        new String[] {"°F", "° F", "℉", "F", "fahrenheit", "degrees fahrenheit", "degree fahrenheit"}) {
      put(name, fahrenheit);
    }
    Unit kilometre = SYMBOLS.get("km");
    Unit hour = SYMBOLS.get("h");
    if (kilometre != null && hour != null) {
      put("kph", kilometre.per(hour));
      put("kmh", kilometre.per(hour));
    }
    Unit nauticalMile = NAMES.get("nautical miles");
    if (nauticalMile != null && hour != null) {
      put("knots", nauticalMile.per(hour));
      put("knot", nauticalMile.per(hour));
    }
  }

  private Units() {}

  private static void put(String name, Unit unit) {
    boolean isSymbol = name.length() <= 3 || !name.equals(name.toLowerCase(Locale.ROOT));
    Unit before = (isSymbol ? SYMBOLS : NAMES).put(isSymbol ? name : name.toLowerCase(Locale.ROOT), unit);
    if (before != null) {
      throw new IllegalStateException("a unit stands twice in the table: " + name);
    }
  }

  /// The unit of that symbol or name, absent when there is none. `m^2` and `km/h` are found too.
  public static @Nullable Unit find(String word) {
    Unit symbol = SYMBOLS.get(word);
    if (symbol != null) {
      return symbol;
    }
    Unit name = NAMES.get(word.toLowerCase(Locale.ROOT));
    if (name != null) {
      return name;
    }
    int slash = word.indexOf('/');
    if (slash <= 0) {
      return null;
    }
    Unit above = find(word.substring(0, slash));
    Unit below = find(word.substring(slash + 1));
    return above == null || below == null || isShifted(above) || isShifted(below) ? null : above.per(below);
  }

  private static boolean isShifted(Unit unit) {
    return unit.offset().signum() != 0;
  }
}
