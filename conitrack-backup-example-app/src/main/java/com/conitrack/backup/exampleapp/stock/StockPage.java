package com.conitrack.backup.exampleapp.stock;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The stock, to look at. */
@Controller
class StockPage {
  private final Stock stock;

  StockPage(Stock stock) {
    this.stock = stock;
  }

  @GetMapping("/")
  String show(Model model) {
    model.addAttribute("lots", stock.lots());
    return "stock";
  }
}
