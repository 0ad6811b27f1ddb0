package com.conitrack.backup.exampleapp.stock;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import org.hibernate.envers.Audited;

/** What came into a lot or was taken from it. */
@Entity
@Audited
@Table(name = "movimientos")
public class Movement {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @ManyToOne(fetch = FetchType.LAZY)
  @JoinColumn(name = "lote_id")
  private Lot lot;

  @Column(name = "tipo")
  @Enumerated(EnumType.STRING)
  private Kind kind;

  @Column(name = "cantidad", precision = 12, scale = 4)
  private BigDecimal quantity;

  @Column(name = "fecha")
  private Instant at;

  /** For JPA. */
  protected Movement() {}

  Movement(Lot lot, Kind kind, BigDecimal quantity, Instant at) {
    this.lot = lot;
    this.kind = kind;
    this.quantity = quantity;
    this.at = at;
  }

  /** As the database spells them. */
  enum Kind {
    /** Came in. */
    ALTA,
    /** Went out. */
    BAJA
  }
}
