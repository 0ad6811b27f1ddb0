package com.conitrack.backup.exampleapp.stock;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.hibernate.envers.Audited;

/** What was received at once of one product. */
@Entity
@Audited
@Table(name = "lotes")
public class Lot {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @Column(name = "codigo")
  private String code;

  @Column(name = "producto")
  private String product;

  @Column(name = "vencimiento")
  private LocalDate expiry;

  @Column(name = "cantidad", precision = 12, scale = 4)
  private BigDecimal quantity;

  /** For JPA. */
  protected Lot() {}

  Lot(String code, String product, LocalDate expiry, BigDecimal quantity) {
    this.code = code;
    this.product = product;
    this.expiry = expiry;
    this.quantity = quantity;
  }

  void take(BigDecimal amount) {
    quantity = quantity.subtract(amount);
  }

  /** Its name, on every package. */
  public String getCode() {
    return code;
  }

  /** What it is of. */
  public String getProduct() {
    return product;
  }

  /** The last day on which it may be used. */
  public LocalDate getExpiry() {
    return expiry;
  }

  /** What is left of it, in kilograms. */
  public BigDecimal getQuantity() {
    return quantity;
  }
}
