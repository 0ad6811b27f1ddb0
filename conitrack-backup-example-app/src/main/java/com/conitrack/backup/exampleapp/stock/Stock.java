package com.conitrack.backup.exampleapp.stock;

import com.conitrack.backup.exampleapp.stock.Movement.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The stock. Each change is a transaction, and a revision of Envers'. */
@Service
@Transactional
public class Stock {
  private final Lots lots;
  private final Movements movements;

  Stock(Lots lots, Movements movements) {
    this.lots = lots;
    this.movements = movements;
  }

  /** Takes a lot in. */
  public void receive(String code, String product, LocalDate expiry, BigDecimal kilograms) {
    Lot lot = lots.save(new Lot(code, product, expiry, kilograms));
    movements.save(new Movement(lot, Kind.ALTA, kilograms, Instant.now()));
  }

  /** Uses some of a lot. */
  public void use(String code, BigDecimal kilograms) {
    Lot lot = lots.findByCode(code);
    lot.take(kilograms);
    movements.save(new Movement(lot, Kind.BAJA, kilograms, Instant.now()));
  }

  /** All lots, by their codes. */
  @Transactional(readOnly = true)
  public List<Lot> lots() {
    return lots.findAllByOrderByCode();
  }

  /** What there is of everything, in kilograms. */
  @Transactional(readOnly = true)
  public BigDecimal total() {
    return lots().stream().map(Lot::getQuantity).reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
